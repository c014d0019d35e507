import type { Future } from "../futures/future.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { cancelOnAbort, checkSignal } from "./abort.js";
import type { Awaitable } from "./awaitable.js";
import { ensureFutureOn } from "./createTask.js";

/**
 * `awaitable` as a Future: a Future or Task comes back as it is, a coroutine becomes a task, a promise is wrapped.
 * ValueError when a Future belongs to a loop other than the one given. It is cancelled when `signal` aborts.
 */
export function ensureFuture<T>(
  awaitable: Awaitable<T>,
  options: { loop?: EventLoop; signal?: AbortSignal } = {},
): Future<T> {
  checkSignal(options.signal, "ensureFuture");
  const future = ensureFutureOn(options.loop, awaitable);
  if (options.signal !== undefined) cancelOnAbort(future as Future<unknown>, options.signal);
  return future;
}
