// What a loop has open outside of it. Each may still make the loop go on, and is let go of when the loop closes.
import type { Attached, EventLoop } from "../../loop/eventLoop.js";

/** RuntimeError when the loop is closed. */
export function attach(loop: EventLoop, attached: Attached): void {
  loop._checkClosed();
  (loop._attached ??= new Set()).add(attached);
  loop._outstanding++;
}

/** Twice is no error. */
export function detach(loop: EventLoop, attached: Attached): void {
  if (loop._attached?.delete(attached) === true) loop._outstanding--;
}
