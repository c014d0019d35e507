import { describe } from "../errors/checks.js";
import { isPromiseLike } from "../futures/interop.js";
import type { Awaitable } from "../tasks/awaitable.js";

/** The awaitables as an array, not copied if they are one; a lone one is refused, as it would be taken apart where it is iterable. */
export function checkAwaitables(awaitables: unknown, where: string): readonly Awaitable<unknown>[] {
  if (isPromiseLike(awaitables)) {
    throw new TypeError(`${where} expects a list of awaitables, got one awaitable x; write ${where}([x])`);
  }
  if (typeof (awaitables as Iterable<unknown> | null)?.[Symbol.iterator] !== "function") {
    throw new TypeError(`${where} expects an array or another iterable of awaitables, got ${describe(awaitables)}`);
  }
  return Array.isArray(awaitables) ? awaitables : [...(awaitables as Iterable<Awaitable<unknown>>)];
}
