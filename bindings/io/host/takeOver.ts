import type { Future } from "../../futures/future.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine } from "../../tasks/coroutine.js";

/**
 * Waits for something that has to be closed, and is the caller's from then on. A task that is cancelled after the future
 * has its result, and before it goes on, never gets that result: it is closed then.
 */
export const takeOver = coroutine(function* <T>(future: Future<T>, close: (result: T) => void): Steps<T> {
  try {
    return yield* future;
  } catch (error) {
    if (future.done() && !future.cancelled() && future.exception() === null) close(future.result());
    throw error;
  }
});
