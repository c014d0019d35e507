import type { Future } from "../futures/future.js";
import type { EventLoop } from "../loop/eventLoop.js";
import type { Awaitable } from "./awaitable.js";
import { ensureFutureOn } from "./createTask.js";

/**
 * `awaitable` as a Future: a Future or Task comes back as it is, a coroutine becomes a task, a promise is wrapped.
 * ValueError when a Future belongs to a loop other than the one given.
 */
export function ensureFuture<T>(awaitable: Awaitable<T>, options: { loop?: EventLoop } = {}): Future<T> {
  return ensureFutureOn(options.loop, awaitable);
}
