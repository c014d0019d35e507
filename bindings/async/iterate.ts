// `for await` in lowered code: it calls next() and return() of what it gets here, and awaits what they give.
import { iteratorOf } from "../combinators/platformIterator.js";
import { describe } from "../errors/checks.js";
import { StopAsyncIteration } from "../errors/errors.js";
import { anext } from "../tasks/anext.js";
import { AsyncCoroutine } from "../tasks/asyncCoroutine.js";
import { AsyncGeneratorObject } from "../tasks/asyncGenerator.js";
import type { Steps } from "../tasks/awaitable.js";
import { Coroutine } from "../tasks/coroutine.js";
import { LoweredGenerator } from "./loweredGenerator.js";
import { platformSource } from "./platformSource.js";

type Result = IteratorResult<unknown, unknown>;

/** An iterator of this package whose steps are coroutines, besides the promises of next(). */
type ExactSource = (AsyncGeneratorObject<unknown> | { anext(): Coroutine<unknown> }) & { aclose?(): Coroutine<void> };

function isExact(iterator: object): iterator is ExactSource {
  return iterator instanceof AsyncGeneratorObject || "anext" in iterator;
}

/** Iterates in the iterating task itself: nothing becomes a promise, and no loop iteration is added. */
class ExactIterator {
  declare private readonly source: ExactSource;

  constructor(source: ExactSource) {
    this.source = source;
  }

  next(sent?: unknown): Coroutine<Result> {
    const { source } = this;
    return new Coroutine<Result>(resultOf(source instanceof AsyncGeneratorObject ? source.asend(sent) : anext(source)));
  }

  throw(error: unknown): Coroutine<Result> {
    if (this.source instanceof AsyncGeneratorObject) return new Coroutine<Result>(resultOf(this.source.athrow(error)));
    throw error;
  }

  return(value?: unknown): Coroutine<Result> {
    return new Coroutine<Result>(closing(this.source, value));
  }
}

function* resultOf(step: Coroutine<unknown>): Steps<Result> {
  try {
    return { value: yield* step, done: false };
  } catch (error) {
    if (error instanceof StopAsyncIteration) return { value: undefined, done: true };
    throw error;
  }
}

function* closing(source: ExactSource, value: unknown): Steps<Result> {
  if (source.aclose !== undefined) yield* source.aclose();
  return { value, done: true };
}

/** A plain iterator in a `for await`: its values are awaited; one that fails closes the iterator. */
class AwaitingIterator {
  declare private readonly source: Iterator<unknown, unknown, unknown>;

  constructor(source: Iterator<unknown, unknown, unknown>) {
    this.source = source;
  }

  next(...sent: [] | [unknown]): Coroutine<Result> {
    return new AsyncCoroutine<Result>(awaitValue(this.source, this.source.next(...sent)));
  }

  return(value?: unknown): Coroutine<Result> {
    const result = this.source.return?.(value) ?? { value, done: true };
    return new AsyncCoroutine<Result>(awaitValue(this.source, result));
  }

  throw(error: unknown): Coroutine<Result> {
    if (this.source.throw !== undefined) {
      return new AsyncCoroutine<Result>(awaitValue(this.source, this.source.throw(error)));
    }
    this.source.return?.();
    throw new TypeError("the iterator has no `throw` method; it has been closed");
  }
}

function* awaitValue(source: Iterator<unknown, unknown, unknown>, result: Result): Steps<Result> {
  try {
    return { value: yield result.value, done: result.done === true };
  } catch (error) {
    if (result.done !== true) source.return?.();
    throw error;
  }
}

/** TypeScript's `__asyncValues(iterable)`, Babel's `asyncIterator(iterable)`: what a lowered `for await` goes through. */
export function iterateAsync(iterable: unknown): unknown {
  const source = iterable as Partial<AsyncIterable<unknown> & Iterable<unknown, unknown, unknown>> | null | undefined;
  const iterator = typeof source === "object" && source !== null ? iteratorOf(source as AsyncIterable<unknown>) : null;
  if (iterator !== null) {
    if (iterator instanceof LoweredGenerator) return iterator;
    return isExact(iterator) ? new ExactIterator(iterator) : platformSource(source as object, iterator);
  }
  const makeSync = source?.[Symbol.iterator] ?? null;
  if (makeSync === null) throw new TypeError(`for await expects an async iterable, got ${describe(iterable)}`);
  return new AwaitingIterator(makeSync.call(source));
}
