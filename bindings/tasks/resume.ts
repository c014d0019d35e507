// Resuming what a task drives, errors included.
//
// Apart from the loops over a task's frames: in a loop with `try` inside, V8 does not see that the function's context stays
// the same, and looks every name of the module up in it, imports in four steps (docs/decisions/013-imports.md).
import { resumeGenerator, throwIntoGenerator, type AnyGenerator } from "./coroutine.js";
import { awaitYielded, type Ready } from "./frames.js";
import type { Task } from "./task.js";

const thrown: { error: unknown } = { error: undefined };

/**
 * What the generator yields or returns; `null` if it throws. Not an object that says so: JavaScriptCore does without the
 * result of a generator that it resumes in line, unless it is compared with another object (a task switch then took
 * Bun one and a half times as long, a compiled loop twice).
 */
export function resume(
  generator: AnyGenerator,
  sent: unknown,
  isError: boolean,
): IteratorResult<unknown, unknown> | null {
  try {
    return isError ? throwIntoGenerator.call(generator, sent) : resumeGenerator.call(generator, sent);
  } catch (error) {
    thrown.error = error;
    return null;
  }
}

/** What the generator resumed last has thrown; asked for once, so that it is not kept alive. */
export function takeThrown(): unknown {
  const { error } = thrown;
  thrown.error = undefined;
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
