// `wasyncio`: named re-exports only.

// Errors
export { CancelledError, isCancelled } from "./errors/cancelledError.js";
export {
  DeadlockError,
  InternalError,
  InvalidStateError,
  KeyboardInterrupt,
  LookupError,
  RuntimeError,
  StopAsyncIteration,
  ValueError,
} from "./errors/errors.js";

// Context
export { Context, copyContext } from "./context/context.js";
export { ContextVar, Token } from "./context/contextVar.js";

// Loop
export type { Host } from "./hosts/host.js";
export { EventLoop, type EventLoopOptions } from "./loop/eventLoop.js";
export type { ExceptionContext, ExceptionHandler } from "./loop/exceptionHandler.js";
export { Handle, TimerHandle } from "./loop/handle.js";
export { getEventLoopPolicy, newEventLoop, setEventLoopPolicy, type EventLoopPolicy } from "./loop/policy.js";
export { getEventLoop, getRunningLoop, setEventLoop } from "./loop/running.js";

// Futures
export { Future, isFuture } from "./futures/future.js";
export { wrapFuture } from "./futures/interop.js";

// Tasks and coroutines
export type { Awaitable, Body, CoroutineLike, Steps } from "./tasks/awaitable.js";
export { Coroutine, coroutine, isCoroutine, isCoroutineFunction } from "./tasks/coroutine.js";
export { anext } from "./tasks/anext.js";
export { asyncGenerator, emit, type AsyncGeneratorObject } from "./tasks/asyncGenerator.js";
export { createTask } from "./tasks/createTask.js";
export { allTasks, currentTask } from "./tasks/registry.js";
export { sleep } from "./tasks/sleep.js";
export { Task, type TaskOptions } from "./tasks/task.js";
export { createEagerTaskFactory, eagerTaskFactory, type EagerTaskOptions, type TaskFactory } from "./tasks/taskFactory.js";

// Combinators
export { gather } from "./combinators/gather.js";

// Running
export { run } from "./run/run.js";
export { Runner, type Main, type RunnerOptions, type RunOptions } from "./run/runner.js";
