// `signal` options: an AbortSignal that cancels a Future or Task.
//
// One listener a signal, however many tasks hang on it: a listener each would cost microseconds to add, and as long as
// the list is to remove. It is taken away when the last of them is done.
import { AbortRequest } from "../errors/cancelledError.js";
import { describe } from "../errors/checks.js";
import type { Future } from "../futures/future.js";

interface Watch {
  readonly targets: Set<Future<unknown>>;
  readonly listener: () => void;
}

const watches = new WeakMap<AbortSignal, Watch>();

/** Cancels `target` when `signal` aborts, at once if it has; the CancelledError's cause is the signal's reason. */
export function cancelOnAbort(target: Future<unknown>, signal: AbortSignal): void {
  if (signal.aborted) {
    target.cancel(new AbortRequest(signal.reason));
    return;
  }
  if (target.done()) return;
  const watch = watches.get(signal) ?? startWatch(signal);
  watch.targets.add(target);
  target.addDoneCallback(() => {
    if (watch.targets.delete(target) && watch.targets.size === 0) endWatch(signal, watch);
  });
}

function startWatch(signal: AbortSignal): Watch {
  const targets = new Set<Future<unknown>>();
  const listener = (): void => {
    watches.delete(signal);
    for (const target of [...targets]) target.cancel(new AbortRequest(signal.reason));
  };
  const watch = { targets, listener };
  watches.set(signal, watch);
  signal.addEventListener("abort", listener, { once: true });
  return watch;
}

function endWatch(signal: AbortSignal, watch: Watch): void {
  signal.removeEventListener("abort", watch.listener);
  if (watches.get(signal) === watch) watches.delete(signal);
}

/** TypeError unless `signal` is one, or was left out. */
export function checkSignal(signal: unknown, where: string): asserts signal is AbortSignal | undefined {
  if (signal === undefined || typeof (signal as AbortSignal | null)?.addEventListener === "function") return;
  throw new TypeError(`${where} expects an AbortSignal as its signal, got ${describe(signal)}`);
}
