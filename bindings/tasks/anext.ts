import { StopAsyncIteration } from "../errors/errors.js";
import { describe } from "../errors/checks.js";
import { isPromiseLike, wrapFuture } from "../futures/interop.js";
import type { Steps } from "./awaitable.js";
import { Coroutine, coroutine } from "./coroutine.js";

/** What `anext` takes: an async generator, or any async iterator of the platform. */
export type AnextSource<T> = AsyncIterator<T> | { asend(): Coroutine<T> } | { anext(): Coroutine<T> };

const STEPS = ["asend", "anext", "next"];

/** The iterator's next value; StopAsyncIteration at its end. */
export function anext<T>(iterator: AnextSource<T>): Coroutine<T> {
  if (typeof iterator !== "object" || iterator === null || !STEPS.some((name) => name in iterator)) {
    throw new TypeError(`anext expects an async iterator, got ${describe(iterator)}`);
  }
  const { asend, anext: step } = iterator as { asend?(): Coroutine<T>; anext?(): Coroutine<T> };
  if (asend !== undefined) return asend.call(iterator);
  if (step !== undefined) return step.call(iterator);
  return fromPlatform(iterator as AsyncIterator<T>);
}

const fromPlatform = coroutine(function* <T>(iterator: AsyncIterator<T>): Steps<T> {
  const promise = iterator.next();
  if (!isPromiseLike(promise)) {
    throw new TypeError(`anext expects an async iterator: next() gave ${describe(promise)} instead of a promise`);
  }
  // A coroutine of a compiled async function is awaited here and now; as a promise it would need a task of its own.
  const result = promise instanceof Coroutine ? yield* promise : yield* wrapFuture(promise);
  if (result.done === true) throw new StopAsyncIteration();
  return result.value;
}) as <T>(iterator: AsyncIterator<T>) => Coroutine<T>;
