import { CancelledError } from "../errors/cancelledError.js";
import { unwatchCancel, watchCancel, type CancelWatcher } from "./cancelWatch.js";
import type { Task } from "./task.js";

/** A task's AbortSignal, made when it is first read: a controller costs as much as dozens of task switches. */
class TaskSignal implements CancelWatcher {
  /** @internal Every cancellation of the task concerns it. */
  readonly _depth = Infinity;
  readonly controller: AbortController;

  constructor() {
    this.controller = new AbortController();
  }

  /** @internal */
  _cancelRequested(msg: unknown): void {
    if (!this.controller.signal.aborted) this.controller.abort(new CancelledError(msg));
  }
}

const signals = new WeakMap<Task<unknown>, TaskSignal>();

/** The task's signal; aborted from the start if the task has been asked to cancel and that is not taken back. */
export function signalOf(task: Task<unknown>): AbortSignal {
  let own = signals.get(task);
  if (own === undefined) {
    own = new TaskSignal();
    signals.set(task, own);
    if (task.cancelling() > 0) own._cancelRequested(undefined);
    if (!task.done()) watchCancel(task, own);
  }
  return own.controller.signal;
}

/** No cancellation is open any more: the next read gives a fresh signal if this one has aborted. */
export function renewSignal(task: Task<unknown>): void {
  const own = signals.get(task);
  if (own === undefined || !own.controller.signal.aborted) return;
  signals.delete(task);
  unwatchCancel(task, own);
}
