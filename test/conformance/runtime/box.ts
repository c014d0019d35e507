import type { Library } from "./library.js";

/** The value of a coroutine, in something that is not awaitable. */
class Box {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/**
 * A coroutine that does what `target` does and gives its result in a box. A promise that is resolved with an awaitable
 * waits for it, so a result that is a future or a task cannot reach the driver otherwise.
 */
export function boxing(library: Library, target: unknown): unknown {
  if (!library.isCoroutine(target)) return target;
  const inner = target as Iterable<unknown, unknown>;
  const make = library.coroutine(function* (): Generator<unknown, Box> {
    return new Box(yield* inner);
  });
  return make();
}

/** What the box holds; anything that is no box comes back as it is. */
export function unbox(value: unknown): unknown {
  return value instanceof Box ? value.value : value;
}
