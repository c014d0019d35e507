// The holes that upper layers fill, so that a loop can make Futures and Tasks without importing what stands on it.
import { InternalError } from "../errors/errors.js";
import type { Future } from "../futures/future.js";
import type { Awaitable, Body } from "../tasks/awaitable.js";
import type { Coroutine } from "../tasks/coroutine.js";
import type { Task, TaskOptions } from "../tasks/task.js";
import type { EventLoop } from "./eventLoop.js";

export interface TaskFactories {
  makeFuture<T>(loop: EventLoop): Future<T>;
  makeTask<T>(loop: EventLoop, target: Body<T, [task: Task<unknown>]> | Awaitable<T>, options?: TaskOptions): Task<T>;
  ensureFuture<T>(loop: EventLoop, awaitable: Awaitable<T>): Future<T>;
}

export interface ShutdownFactories {
  /** A coroutine that closes the async generators still open. */
  shutdownAsyncgens(loop: EventLoop): Coroutine<void>;
  shutdownDefaultExecutor(loop: EventLoop): Coroutine<void>;
}

function notLoaded(): never {
  throw new InternalError("the tasks and run layers were not loaded before a loop was used");
}

/** One object with every function in it from the start, so that a call through it can be inlined. */
export const factories: TaskFactories & ShutdownFactories = {
  makeFuture: notLoaded,
  makeTask: notLoaded,
  ensureFuture: notLoaded,
  shutdownAsyncgens: notLoaded,
  shutdownDefaultExecutor: notLoaded,
};

export function fillFactories(more: TaskFactories | ShutdownFactories): void {
  Object.assign(factories, more);
}
