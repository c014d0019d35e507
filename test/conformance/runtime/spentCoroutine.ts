import type { Library } from "./library.js";

/**
 * A coroutine that refuses whatever its task begins with, a step or a cancellation, as one does in CPython that has
 * ended. It stands at a `yield` when the task gets it: a generator that has not begun cannot see what is thrown into it.
 */
export function spentCoroutine({ RuntimeError, coroutine }: Library): unknown {
  function* refuse(): Generator<unknown, never, unknown> {
    try {
      yield;
    } catch {
      // Refused like a step.
    }
    throw new RuntimeError("cannot reuse already awaited coroutine");
  }
  return coroutine(() => {
    const refusal = refuse();
    refusal.next();
    return refusal;
  })();
}
