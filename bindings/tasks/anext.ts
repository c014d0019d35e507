import { StopAsyncIteration } from "../errors/errors.js";
import { describe } from "../errors/checks.js";
import { isPromiseLike, wrapFuture } from "../futures/interop.js";
import type { Steps } from "./awaitable.js";
import { AsyncGeneratorObject } from "./asyncGenerator.js";
import { coroutine, type Coroutine } from "./coroutine.js";

/** What `anext` takes: an async generator, or any async iterator of the platform. */
export type AnextSource<T> = AsyncGeneratorObject<T> | AsyncIterator<T> | { anext(): Coroutine<T> };

/** The iterator's next value; StopAsyncIteration at its end. */
export function anext<T>(iterator: AnextSource<T>): Coroutine<T> {
  if (iterator instanceof AsyncGeneratorObject) return iterator.asend();
  if (typeof iterator !== "object" || iterator === null || !("anext" in iterator || "next" in iterator)) {
    throw new TypeError(`anext expects an async iterator, got ${describe(iterator)}`);
  }
  if ("anext" in iterator) return iterator.anext();
  return fromPlatform(iterator);
}

const fromPlatform = coroutine(function* <T>(iterator: AsyncIterator<T>): Steps<T> {
  const promise = iterator.next();
  if (!isPromiseLike(promise)) {
    throw new TypeError(`anext expects an async iterator: next() gave ${describe(promise)} instead of a promise`);
  }
  const result = yield* wrapFuture(promise);
  if (result.done === true) throw new StopAsyncIteration();
  return result.value;
}) as <T>(iterator: AsyncIterator<T>) => Coroutine<T>;
