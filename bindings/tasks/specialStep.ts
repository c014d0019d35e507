// Steps that are not a plain resumption: the first one of a function, one that delivers a cancellation, one that sends
// in the outcome of a plain `yield`.
import { CancelledError } from "../errors/cancelledError.js";
import type { Future } from "../futures/future.js";
import { FINISHED, MUST_CANCEL, PROPAGATES, SENT, STATE_MASK, UNCALLED } from "../futures/state.js";
import { unwatch } from "../loop/watched.js";
import { cancelUnstartedStep } from "./agenStep.js";
import type { Body } from "./awaitable.js";
import { withStores } from "./propagation.js";
import { runFrames } from "./step.js";
import { frameOfCall } from "./target.js";
import type { Task } from "./task.js";
import { notePassing } from "./taskStack.js";

export function stepSpecially(task: Task<unknown>): void {
  if ((task._flags & PROPAGATES) === 0) takeStep(task);
  else withStores(task, () => takeStep(task));
}

function takeStep(task: Task<unknown>): void {
  const waited = task._waiting;
  const flags = task._flags;
  task._waiting = null;
  task._flags = flags & ~(MUST_CANCEL | SENT | UNCALLED);
  if ((flags & MUST_CANCEL) !== 0) {
    const error = cancellationOf(waited) ?? new CancelledError(task._value);
    // A function that was not called yet never is; a coroutine that did not begin ends here, not forgotten.
    if ((flags & UNCALLED) !== 0) return task._abort(error);
    if (task._loop._debug) unwatch(task._top!._generator);
    if (cancelUnstartedStep(task._top!, error)) runFrames(task, undefined, false);
    else runFrames(task, error, true);
  } else if ((flags & UNCALLED) !== 0) {
    callTarget(task);
  } else if ((flags & SENT) !== 0) {
    if (waited === null) runFrames(task, task._value, false);
    else sendOutcome(task, waited);
  } else {
    runFrames(task, undefined, false);
  }
}

/** The CancelledError that the future would raise: it comes before one that was asked for since. */
function cancellationOf(waited: Future<unknown> | null): CancelledError | null {
  if (waited === null || !waited.done() || (waited._flags & STATE_MASK) === FINISHED) return null;
  const error = waited._failure();
  return error instanceof CancelledError ? error : null;
}

function callTarget(task: Task<unknown>): void {
  try {
    const frame = frameOfCall(task._target as Body<unknown, [task: Task<unknown>]>, task);
    if (frame === null) return;
    frame._claim();
    task._top = frame;
  } catch (error) {
    task._abort(error);
    return;
  }
  runFrames(task, undefined, false);
}

function sendOutcome(task: Task<unknown>, waited: Future<unknown>): void {
  if ((waited._flags & STATE_MASK) === FINISHED) return runFrames(task, waited._value, false);
  const error = waited._failure();
  notePassing(task._top!, waited, error);
  runFrames(task, error, true);
}
