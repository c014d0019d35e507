// Who runs now. One record for the thread: steps of different loops never nest.
//
// A context is looked up through it instead of being swapped at every step, so that a task switch costs nothing for
// tasks that never touch a ContextVar.
import type { Bindings, Context } from "./context.js";

/** Whatever runs with a context of its own: a task, a callback's handle, a Context entered by run(). */
export interface ContextHolder {
  /**
   * Bindings alone are a copy taken at creation: setting a variable replaces them here and nowhere else. A Context is
   * shared: setting a variable changes it for everyone who runs in it.
   * @internal
   */
  _context: Bindings | Context;
}

export const current: {
  /** The task whose step is on the stack. */
  task: ContextHolder | null;
  /** The Context entered last by Context.run, if that happened inside the task or callback that runs. */
  entered: Context | null;
  /** The callback that runs, or the program outside of any loop; looked at when there is no task. */
  holder: ContextHolder;
} = { task: null, entered: null, holder: { _context: new Map() } };

/** The holder outside of every loop. */
export const outside: ContextHolder = current.holder;
