import { isCancelled } from "../errors/cancelledError.js";
import { checkCallback, describe } from "../errors/checks.js";
import { StopAsyncIteration } from "../errors/errors.js";
import { isPromiseLike, wrapFuture } from "../futures/interop.js";
import { anext, type AnextSource } from "../tasks/anext.js";
import type { Body, Steps } from "../tasks/awaitable.js";
import { coroutine, type Coroutine } from "../tasks/coroutine.js";
import { runBody } from "../tasks/runBody.js";
import { endWaiting, iteratorOf } from "./platformIterator.js";

/** An async iterator of ours is closed by a coroutine, any other by the promise of its `return()`. */
function* close(iterator: object): Steps<void> {
  if ("aclose" in iterator) {
    yield* (iterator as { aclose(): Coroutine<void> }).aclose();
    return;
  }
  const closing: unknown = (iterator as { return?(): unknown }).return?.();
  if (isPromiseLike(closing)) yield* wrapFuture(closing);
}

/** As JavaScript does it: the error that ended the loop comes before one of the closing. */
function* closeAfterError(iterator: object): Steps<void> {
  try {
    yield* close(iterator);
  } catch (error) {
    if (isCancelled(error)) throw error;
  }
}

const iterate = coroutine(function* <T>(
  iterable: object,
  iterator: AnextSource<T>,
  body: Body<unknown, [item: T, index: number]>,
): Steps<void> {
  for (let index = 0; ; index++) {
    let item: T;
    let isLast: boolean;
    try {
      item = yield* anext(iterator);
    } catch (error) {
      if (error instanceof StopAsyncIteration) return;
      // An iterator that has failed has ended; one whose item was only not waited for has not.
      if (isCancelled(error)) {
        endWaiting(iterable);
        yield* closeAfterError(iterator);
      }
      throw error;
    }
    try {
      isLast = (yield* runBody(body, item, index)) === false;
    } catch (error) {
      yield* closeAfterError(iterator);
      throw error;
    }
    if (!isLast) continue;
    yield* close(iterator);
    return;
  }
}) as <T>(iterable: object, iterator: AnextSource<T>, body: Body<unknown, [item: T, index: number]>) => Coroutine<void>;

/**
 * `for await` for coroutines: calls `body` with each item and its index and awaits what it returns. A body that gives
 * `false` ends the loop. The iterator is closed, and that awaited, on every early end: `false`, an error, a cancellation.
 */
export function forEach<T>(iterable: AsyncIterable<T>, body: Body<unknown, [item: T, index: number]>): Coroutine<void> {
  checkCallback(body, "forEach");
  const iterator = typeof iterable === "object" && iterable !== null ? iteratorOf(iterable) : null;
  if (iterator === null) {
    const hint =
      typeof (iterable as Partial<Iterable<T>> | null)?.[Symbol.iterator] === "function" ? "; use `for … of`" : "";
    throw new TypeError(`forEach expects an async iterable, got ${describe(iterable)}${hint}`);
  }
  return iterate(iterable, iterator, body);
}
