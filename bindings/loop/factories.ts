// The holes that upper layers fill, so that a loop can make Futures and Tasks without importing what stands on it.
import { InternalError } from "../errors/errors.js";
import type { Future } from "../futures/future.js";
import type { Awaitable, Body } from "../tasks/awaitable.js";
import type { Coroutine } from "../tasks/coroutine.js";
import type { Task, TaskOptions } from "../tasks/task.js";
import type { EventLoop } from "./eventLoop.js";

export interface Factories {
  makeFuture<T>(loop: EventLoop): Future<T>;
  makeTask<T>(loop: EventLoop, target: Body<T, [task: Task<unknown>]> | Awaitable<T>, options?: TaskOptions): Task<T>;
  ensureFuture<T>(loop: EventLoop, awaitable: Awaitable<T>): Future<T>;
  /** A coroutine that closes the async generators still open. */
  shutdownAsyncgens(loop: EventLoop): Coroutine<void>;
  shutdownDefaultExecutor(loop: EventLoop): Coroutine<void>;
}

let filled: Factories | undefined;

export function fillFactories(factories: Factories): void {
  filled = factories;
}

export function factories(): Factories {
  if (filled === undefined) throw new InternalError("the tasks layer was not loaded before a loop was used");
  return filled;
}
