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
export { ExceptionGroup, type ErrorCondition } from "./errors/exceptionGroup.js";
export { SendfileNotAvailableError } from "./errors/ioErrors.js";
export { OSError, TimeoutError, type OSErrorOptions } from "./errors/osError.js";
export {
  BlockingIOError,
  BrokenPipeError,
  ChildProcessError,
  ConnectionAbortedError,
  ConnectionError,
  ConnectionRefusedError,
  ConnectionResetError,
  FileExistsError,
  FileNotFoundError,
  InterruptedError,
  IsADirectoryError,
  NotADirectoryError,
  PermissionError,
  ProcessLookupError,
} from "./errors/osErrors.js";
export { IncompleteReadError, LimitOverrunError } from "./errors/streamErrors.js";
export { BrokenBarrierError, QueueEmpty, QueueFull, QueueShutDown } from "./errors/syncErrors.js";

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
export { ensureFuture } from "./tasks/ensureFuture.js";
export { allTasks, currentTask } from "./tasks/registry.js";
export { sleep } from "./tasks/sleep.js";
export { Task, type TaskOptions } from "./tasks/task.js";
export {
  createEagerTaskFactory,
  eagerTaskFactory,
  type EagerTaskOptions,
  type TaskFactory,
} from "./tasks/taskFactory.js";

// Locks
export { Barrier, type BarrierStatistics } from "./sync/barrier.js";
export { Condition, type ConditionStatistics } from "./sync/condition.js";
export { Event, type EventStatistics } from "./sync/event.js";
export type { Guard } from "./sync/guard.js";
export { Lock, type LockStatistics } from "./sync/lock.js";
export { BoundedSemaphore, Semaphore, type SemaphoreStatistics } from "./sync/semaphore.js";

// Queues
export { LifoQueue } from "./queues/lifoQueue.js";
export { PriorityQueue, type PriorityQueueOptions } from "./queues/priorityQueue.js";
export { Queue, type QueueStatistics } from "./queues/queue.js";

// Combinators
export { AsCompleted, asCompleted, type AsCompletedOptions } from "./combinators/asCompleted.js";
export { forEach } from "./combinators/forEach.js";
export { gather } from "./combinators/gather.js";
export { ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, type ReturnWhen } from "./combinators/returnWhen.js";
export { runCoroutineThreadsafe } from "./combinators/runCoroutineThreadsafe.js";
export { shield } from "./combinators/shield.js";
export { wait, type Waited, type WaitOptions } from "./combinators/wait.js";
export { waitFor } from "./combinators/waitFor.js";

// Scopes
export { TaskGroup, taskGroup } from "./scopes/taskGroup.js";
export { Timeout, timeout, timeoutAt } from "./scopes/timeout.js";

// Running
export { run } from "./run/run.js";
export { Runner, type Main, type RunnerOptions, type RunOptions } from "./run/runner.js";

// Serving HTTP
export { toFetchHandler, type FetchBody, type FetchHandlerOptions, type RequestLike } from "./http/toFetchHandler.js";
export type { RequestScope } from "./http/requestScope.js";

// Who awaits whom
export {
  captureCallGraph,
  type CallGraphOptions,
  type FrameCallGraphEntry,
  type FutureCallGraph,
} from "./tasks/callGraph.js";
export { formatCallGraph, printCallGraph } from "./tasks/callGraphText.js";
