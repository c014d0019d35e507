// Who is told of a task's cancellation in the very call that asks for it: what has handed out an AbortSignal.
//
// A scope cancels its own task to end its body. That request concerns what stands inside the scope, not what stands
// around it: the outer scope goes on when the inner one has handled its deadline. So every scope has a depth, larger
// the later it was entered, and a request that a scope makes is told only to those entered after it.
import { WATCHED } from "../futures/state.js";
import type { Task } from "./task.js";

export interface CancelWatcher {
  /** @internal See `nextDepth`; Infinity for the task itself, which every request concerns. */
  readonly _depth: number;
  /** @internal `task.cancel(msg)` was called and has taken effect. */
  _cancelRequested(msg: unknown): void;
}

const watchersOf = new WeakMap<Task<unknown>, Set<CancelWatcher>>();

/** The scope that asks now, if one does. */
const asking: { task: Task<unknown> | null; depth: number } = { task: null, depth: 0 };

let lastDepth = 0;

/** The depth of a scope that is entered now. */
export function nextDepth(): number {
  return ++lastDepth;
}

export function watchCancel(task: Task<unknown>, watcher: CancelWatcher): void {
  let watchers = watchersOf.get(task);
  if (watchers === undefined) watchersOf.set(task, (watchers = new Set()));
  watchers.add(watcher);
  task._flags |= WATCHED;
}

export function unwatchCancel(task: Task<unknown>, watcher: CancelWatcher): void {
  const watchers = watchersOf.get(task);
  if (watchers === undefined || !watchers.delete(watcher) || watchers.size > 0) return;
  watchersOf.delete(task);
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
  const watchers = watchersOf.get(task);
  if (watchers === undefined) return;
  for (const watcher of watchers) if (watcher._depth > depth) watcher._cancelRequested(msg);
}
