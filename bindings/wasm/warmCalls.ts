// One instance of the core that lives for ever is called first, at every place that calls one.
//
// The engine remembers which function a call meant. Where it has met only one, optimised code holds on to that one, and
// an exported function belongs to its instance: when a loop is dropped and collected, all code that knew its instance is
// thrown away, in a program that makes a loop a request again and again. A call that has met two stays general.
import { ENTRY_SHIFT, ENTRY_TASK } from "../../assembly/codes.js";
import type { Core, Payload } from "./core.js";

/** Often enough for the engine to begin to take notes. */
const ROUNDS = 64;

/** Leaves what it opens in a core that is never driven. */
export function warmCalls(core: Core): void {
  const payload: Payload = { _run() {} };
  for (let i = 0; i < ROUNDS; i++) {
    core.openCallback(payload);
    const waiter = (core.openTaskByCall(payload) << ENTRY_SHIFT) | ENTRY_TASK;
    const timer = core.openTimer(Infinity, payload);
    core.tick(0);
    core.timerDeadline();
    core.cancelTimer(timer, core.metaOf(timer));
    const settled = core.openFutureByCall(waiter);
    core.wait(settled, waiter);
    core.unwait(settled, waiter);
    core.settle(settled);
    core.close(core.openFutureByCall(waiter));
  }
}
