// What compiled async functions add to the driving of tasks. Filled when one of `wasyncio/async/*` is loaded, so that
// programs without compiled functions do not carry it.
import { InternalError } from "../errors/errors.js";
import type { Task } from "./task.js";

interface Lowered {
  /** Goes on with a task whose top frame is a compiled function's. */
  run(task: Task<unknown>, sent: unknown, isError: boolean): void;
  /** Tasks that wait unregistered for the one that runs wait as all tasks do from here on. */
  registerWaiting(): void;
  /** The call that has given way in its first step is registered: its caller does not await it at once. */
  registerDeferred(): void;
  /** Tasks that have begun, are not done, and stand in no slot. */
  unregistered(): Task<unknown>[];
}

export const lowered: Lowered = {
  run: () => {
    throw new InternalError("a compiled function's frame without wasyncio/async");
  },
  registerWaiting: () => {},
  registerDeferred: () => {},
  unregistered: () => [],
};

export function fillLowered(parts: Lowered): void {
  Object.assign(lowered, parts);
}
