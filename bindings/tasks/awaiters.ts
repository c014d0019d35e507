// Who awaits a Future. Nobody keeps a list of that: it is read from the waiters in the core, through which whatever has
// settled makes them ready.
import { ENTRY_OBSERVER, ENTRY_SHIFT, ENTRY_TAG_MASK, ENTRY_TASK } from "../../assembly/codes.js";
import { OUTER, type Forwarding } from "../futures/forwarding.js";
import { Future } from "../futures/future.js";
import { listWaiters, type Observer } from "../futures/waiters.js";
import type { Handle } from "../loop/handle.js";
import { lowered } from "./lowered.js";
import { Task } from "./task.js";

/**
 * The tasks that await `future`: directly, or a Future that stands for several, as those of gather, wait and shield, or as
 * a group's parent. First come first, each once; none when it is done.
 */
export function awaitersOf(future: Future<unknown>): Set<Task<unknown>> {
  const awaiters = new Set<Task<unknown>>();
  const seen = new Set([future]);
  // Futures that stand for the first one are looked at in turn: the set grows while it is iterated.
  for (const each of seen) {
    for (const waiter of each._slot === 0 ? [] : listWaiters(each._loop._core, each._slot)) {
      const outer = outerOf(each, waiter);
      // The parent of a group whose scope was closed may have ended before the group's tasks.
      if (!(outer instanceof Future) || outer.done()) continue;
      if (outer instanceof Task) awaiters.add(outer);
      else seen.add(outer);
    }
  }
  for (const task of lowered.unregistered()) {
    if (task._waiting !== null && seen.has(task._waiting)) awaiters.add(task);
  }
  return awaiters;
}

/** The task behind a waiter of `future`, or the Future that it settles; none for other callbacks and on a closed loop. */
function outerOf(future: Future<unknown>, waiter: number): unknown {
  const payload: unknown = future._loop._core.payloads[waiter >>> ENTRY_SHIFT];
  const tag = waiter & ENTRY_TAG_MASK;
  if (tag === ENTRY_TASK) return payload;
  if (tag === ENTRY_OBSERVER) return (payload as Observer | undefined)?.outer;
  return ((payload as Handle | undefined)?._callback as Forwarding | null | undefined)?.[OUTER];
}
