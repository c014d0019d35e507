// One step of a task: resume the top frame, and go on through the frames below it as long as they end, until one of
// them suspends or none is left.
import { CALL, SUSPEND } from "../loop/suspension.js";
import { DRIVEN_BY_YIELD } from "./coroutine.js";
import { pop } from "./frames.js";
import { lowered } from "./lowered.js";
import { resume, takeThrown, tryAwait } from "./resume.js";
import { notePassing } from "./taskStack.js";
import type { Task } from "./task.js";

export function runFrames(task: Task<unknown>, sent: unknown, isError: boolean): void {
  let value = sent;
  let throwing = isError;
  let awaiting = false;
  let frame = task._top!;
  for (;;) {
    if (awaiting) {
      awaiting = false;
      // The frame that yielded may have been run inside of `frame` by the engine: it is the top one that goes on.
      const ready = tryAwait(task, value);
      if (ready === null) return;
      value = ready.value;
      throwing = ready.isError;
      frame = task._top!;
    }
    if (frame._flattens) return lowered.run(task, value, throwing);
    const result = resume(frame._generator, value, throwing);
    throwing = false;
    if (result === null) {
      const error = takeThrown();
      const isYielded = frame._state === DRIVEN_BY_YIELD;
      const caller = pop(frame, undefined);
      if (caller === null) return task._abort(error);
      if (isYielded) notePassing(caller, frame, error);
      task._top = frame = caller;
      value = error;
      throwing = true;
      continue;
    }
    value = result.value;
    if (result.done === true) {
      const caller = pop(frame, value);
      if (caller === null) return task._finish(value);
      task._top = frame = caller;
      continue;
    }
    if (value === undefined) return task._giveWay();
    // Compared only with its like: the engine calls a function to compare a symbol with it does not know what.
    if (typeof value === "symbol") {
      if (value === SUSPEND) return;
      if (value === CALL) {
        frame = task._top!;
        value = undefined;
        continue;
      }
    }
    awaiting = true;
  }
}
