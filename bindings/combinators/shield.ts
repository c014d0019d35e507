import type { Future } from "../futures/future.js";
import { OUTER, type Forwarding } from "../futures/forwarding.js";
import type { Awaitable } from "../tasks/awaitable.js";
import { ensureFutureOn } from "../tasks/createTask.js";

/** Nobody waits for the inner future any more, so its exception is told to the loop's handler. */
function reportLate(inner: Future<unknown>): void {
  if (inner.cancelled()) return;
  const exception = inner.exception();
  if (exception === null) return;
  const name = (exception as { name?: unknown }).name;
  const message = `${typeof name === "string" ? name : typeof exception} exception in shielded future`;
  inner.getLoop().callExceptionHandler({ message, exception, future: inner });
}

/**
 * A Future with the outcome of `awaitable`, which goes on when this Future is cancelled, as it is when the task that
 * awaits it is. What fails after that is told to the loop's exception handler. A coroutine becomes a task at the call.
 */
export function shield<T>(awaitable: Awaitable<T>): Future<T> {
  const inner = ensureFutureOn(undefined, awaitable);
  if (inner.done()) return inner;
  const outer = inner.getLoop().createFuture<T>();
  const takeOver: Forwarding = (): void => {
    if (outer.cancelled()) return;
    if (inner.cancelled()) {
      outer.cancel();
      return;
    }
    const exception = inner.exception();
    if (exception !== null) outer.setException(exception);
    else outer.setResult(inner.result());
  };
  takeOver[OUTER] = outer as Future<unknown>;
  inner.addDoneCallback(takeOver);
  outer.addDoneCallback(() => {
    if (inner.done()) return;
    inner.removeDoneCallback(takeOver);
    // One report, however many shields the inner future had.
    inner.removeDoneCallback(reportLate);
    inner.addDoneCallback(reportLate);
  });
  return outer;
}
