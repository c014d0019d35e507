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

/** The value itself, or a box with it if it is awaitable: what an async function returns or awaits is flattened. */
export function box(value: unknown): unknown {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === "function" ? new Box(value) : value;
}

/** What the box holds, also in a list; anything that is no box comes back as it is. */
export function unbox(value: unknown): unknown {
  if (value instanceof Box) return unbox(value.value);
  return Array.isArray(value) && value.some(holdsBox) ? value.map(unbox) : value;
}

function holdsBox(value: unknown): boolean {
  return value instanceof Box || (Array.isArray(value) && value.some(holdsBox));
}
