// Resuming what a task drives, errors included.
//
// Apart from the loops over a task's frames: in a loop with `try` inside, V8 does not see that the function's context stays
// the same, and looks every name of the module up in it, imports in four steps (docs/decisions/013-imports.md).
import { resumeGenerator, throwIntoGenerator, type AnyGenerator } from "./coroutine.js";
import { awaitYielded, type Ready } from "./frames.js";
import type { Task } from "./task.js";

/** What resume() gives for a generator that has thrown. */
export const THROWN: { value: unknown; readonly done: boolean } = { value: undefined, done: false };

/** What the generator yields or returns; THROWN with the error if it throws. */
export function resume(generator: AnyGenerator, sent: unknown, isError: boolean): IteratorResult<unknown, unknown> {
  try {
    return isError ? throwIntoGenerator.call(generator, sent) : resumeGenerator.call(generator, sent);
  } catch (error) {
    THROWN.value = error;
    return THROWN;
  }
}

/** The error that THROWN holds, which lets go of it. */
export function takeThrown(): unknown {
  const error = THROWN.value;
  THROWN.value = undefined;
  return error;
}

/** `null`: the task waits. Otherwise what the top frame is resumed with, the error of a wrong awaitable for one. */
export function tryAwait(task: Task<unknown>, awaited: unknown): Ready | null {
  try {
    return awaitYielded(task, awaited);
  } catch (error) {
    return { value: error, isError: true };
  }
}
