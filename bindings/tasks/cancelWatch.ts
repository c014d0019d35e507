// Who is told of a task's cancellation in the very call that asks for it: what has handed out an AbortSignal.
//
// A scope cancels its own task to end its body. That request concerns what stands inside the scope, not what stands
// around it: the outer scope goes on when the inner one has handled its deadline. So every scope has a depth, larger
// the later it was entered, and a request that a scope makes is told only to those entered after it.
import { WATCHED } from "../futures/state.js";
import type { CancelSignal } from "./cancelSignal.js";
import type { Task } from "./task.js";

const signalsOf = new WeakMap<Task<unknown>, Set<CancelSignal>>();

/** The scope that asks now, if one does. */
const asking: { task: Task<unknown> | null; depth: number } = { task: null, depth: 0 };

let lastDepth = 0;

/** The depth of a scope that is entered now. */
export function nextDepth(): number {
  return ++lastDepth;
}

export function watchCancel(task: Task<unknown>, signal: CancelSignal): void {
  let signals = signalsOf.get(task);
  if (signals === undefined) signalsOf.set(task, (signals = new Set()));
  signals.add(signal);
  task._flags |= WATCHED;
}

export function unwatchCancel(task: Task<unknown>, signal: CancelSignal): void {
  const signals = signalsOf.get(task);
  if (signals === undefined || !signals.delete(signal) || signals.size > 0) return;
  signalsOf.delete(task);
  task._flags &= ~WATCHED;
}

/** `task.cancel()` by a scope that the task has entered. */
export function cancelFromScope(task: Task<unknown>, depth: number): void {
  const outer = { ...asking };
  asking.task = task;
  asking.depth = depth;
  try {
    task.cancel();
  } finally {
    asking.task = outer.task;
    asking.depth = outer.depth;
  }
}

/** Called by a watched task's cancel(). */
export function tellWatchers(task: Task<unknown>, msg: unknown): void {
  const depth = asking.task === task ? asking.depth : 0;
  const signals = signalsOf.get(task);
  if (signals === undefined) return;
  for (const signal of signals) if (signal._depth > depth) signal.abort(msg);
}
