import { isCancelled } from "../errors/cancelledError.js";
import { checkTimeout, describe } from "../errors/checks.js";
import { TimeoutError } from "../errors/osError.js";
import { isFuture, type Future } from "../futures/future.js";
import { isPromiseLike, wrapFuture } from "../futures/interop.js";
import { getRunningLoop } from "../loop/running.js";
import { timeoutAfter } from "../scopes/timeout.js";
import type { Awaitable, Steps } from "../tasks/awaitable.js";
import { Coroutine, coroutine, isGenerator } from "../tasks/coroutine.js";
import { ensureFutureOn } from "../tasks/createTask.js";
import { isCoroutineLike } from "../tasks/target.js";

/** In the task that waits, under a timeout scope. */
const waitWithin = coroutine(function* <T>(awaitable: Awaitable<T>, timeout: number | null): Steps<T> {
  const scope = timeoutAfter(timeout);
  scope._enter();
  let result: T;
  try {
    if (awaitable instanceof Coroutine) result = yield* awaitable as Coroutine<T>;
    else if (isGenerator(awaitable)) result = (yield* new Coroutine<T>(awaitable)) as T;
    else result = yield* wrapFuture(awaitable as PromiseLike<T>);
  } catch (error) {
    scope._exit(true, error);
    throw error;
  } finally {
    scope._leave();
  }
  scope._exit(false);
  return result;
}) as <T>(awaitable: Awaitable<T>, timeout: number | null) => Coroutine<T>;

/** No time at all: a coroutine is cancelled before its first step. */
const waitNoTime = coroutine(function* <T>(awaitable: Awaitable<T>): Steps<T> {
  const future = ensureFutureOn(undefined, awaitable);
  if (future.done()) return future.result();
  yield* cancelAndWait(future);
  try {
    return future.result();
  } catch (error) {
    if (!isCancelled(error)) throw error;
    throw new TimeoutError("timed out: waitFor was given no time, and it was not done yet", { cause: error });
  }
}) as <T>(awaitable: Awaitable<T>) => Coroutine<T>;

/** Not by awaiting the future itself: its cancellation and the waiting task's own could not be told apart. */
function* cancelAndWait(future: Future<unknown>): Steps<void> {
  const ended = getRunningLoop().createFuture<undefined>();
  const release = (): void => {
    if (!ended.done()) ended.setResult(undefined);
  };
  future.addDoneCallback(release);
  try {
    future.cancel();
    yield* ended;
  } finally {
    future.removeDoneCallback(release);
  }
}

/**
 * Awaits `awaitable`, and cancels it when `timeout` milliseconds have passed, which throws TimeoutError; `shield()` what
 * should go on. A coroutine runs in the task that waits. With a timeout of zero or less only what is done already gives
 * its outcome. A foreign promise is left behind at the deadline.
 */
export function waitFor<T>(awaitable: Awaitable<T>, timeout: number | null): Coroutine<T> {
  if (!isCoroutineLike(awaitable) && !isFuture(awaitable) && !isPromiseLike(awaitable)) {
    throw new TypeError(
      `waitFor expects a coroutine, Future, Task or promise, got ${describe(awaitable)}` +
        (typeof awaitable === "function" ? "; call the function" : ""),
    );
  }
  checkTimeout(timeout, "waitFor");
  return timeout !== null && timeout <= 0 ? waitNoTime(awaitable) : waitWithin(awaitable, timeout);
}
