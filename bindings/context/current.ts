// Who runs now. One record for the thread at a time: steps of different loops never nest.
//
// A context is looked up through it instead of being swapped at every step, so that a task switch costs nothing for
// tasks that never touch a ContextVar.
import { Bindings } from "./bindings.js";
import type { Context } from "./context.js";

/** Whatever runs with a context of its own: a task, a callback's handle, a Context entered by run(). */
export interface ContextHolder {
  /**
   * Bindings alone are a copy taken at creation: setting a variable replaces them here and nowhere else. A Context is
   * shared: setting a variable changes it for everyone who runs in it.
   * @internal
   */
  _context: Bindings | Context;
}

/** What runs on the stack: a slice of a loop, or the program outside of every loop. */
class Current {
  /** The task whose step is on the stack. */
  declare task: ContextHolder | null;
  /** The Context entered last by Context.run, if that happened inside the task or callback that runs. */
  declare entered: Context | null;
  /** The callback that runs, or the program outside of any loop; looked at when there is no task. */
  declare holder: ContextHolder;
  /** Tasks whose first step is on the stack, outermost first; they have no slot yet. */
  declare readonly starting: ContextHolder[];
  /** Of compiled functions, see tasks/inlinePass.ts: each waits for the next one, the last for the one that runs. */
  declare readonly waiting: ContextHolder[];
  /** The task of a compiled call that has given way in its first step and is not registered. */
  declare deferred: ContextHolder | null;
  /** The ring's tail when it gave way, and what it is resumed with. */
  declare deferredPlace: number;
  declare deferredValue: unknown;
  /** What this has interrupted. */
  declare readonly outer: Current | null;

  constructor(outer: Current | null) {
    this.task = null;
    this.entered = null;
    this.holder = outside;
    this.starting = emptyList();
    this.waiting = emptyList();
    this.deferred = null;
    this.deferredPlace = 0;
    this.deferredValue = undefined;
    this.outer = outer;
  }
}

/** An array that the engine expects objects in from the start: of one that was made empty it would have to find out. */
function emptyList(): ContextHolder[] {
  const list = [outside];
  list.pop();
  return list;
}

/** The holder outside of every loop. */
const outside: ContextHolder = { _context: new Bindings() };

/**
 * A new record for each slice, since a young object takes young ones for free: stored into an old one, each needs an entry
 * in the engine's list of such places (measured: a tenth of the time of a compiled call that suspends). Behind a field,
 * whose class the engine keeps in mind, and not a binding that is exported and changes, which is checked at every use.
 */
export const thread = { current: new Current(null) };

/** Something new runs on the stack, a slice or what a host delivers, until leaveCurrent(). */
export function enterCurrent(): void {
  thread.current = new Current(thread.current);
}

export function leaveCurrent(): void {
  thread.current = thread.current.outer!;
}
