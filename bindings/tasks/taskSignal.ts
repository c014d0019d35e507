import { CancelSignal } from "./cancelSignal.js";
import { unwatchCancel, watchCancel } from "./cancelWatch.js";
import type { Task } from "./task.js";

/** Made when first read: a controller costs as much as dozens of task switches. */
const signals = new WeakMap<Task<unknown>, CancelSignal>();

/** The task's signal; aborted from the start if the task has been asked to cancel and that is not taken back. */
export function signalOf(task: Task<unknown>): AbortSignal {
  let own = signals.get(task);
  if (own === undefined) {
    // Every cancellation of the task concerns it.
    own = new CancelSignal(Infinity);
    signals.set(task, own);
    if (task.cancelling() > 0) own.abort();
    if (!task.done()) watchCancel(task, own);
  }
  return own.signal;
}

/** No cancellation is open any more: the next read gives a fresh signal if this one has aborted. */
export function renewSignal(task: Task<unknown>): void {
  const own = signals.get(task);
  if (own === undefined || !own.signal.aborted) return;
  signals.delete(task);
  unwatchCancel(task, own);
}
