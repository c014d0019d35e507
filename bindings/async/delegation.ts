// `yield*` in a lowered async generator.
import { describe } from "../errors/checks.js";
import { Awaiting, Delegated } from "./marks.js";

type Result = IteratorResult<unknown, unknown>;

/**
 * The engine's own `yield*` goes through this iterator. Each request is answered twice: first with the promise of the
 * inner iterator, to be awaited by whoever drives the generator, then, when that sends the inner result in, with it.
 */
class Delegation implements Iterator<unknown, unknown, unknown> {
  declare private readonly inner: AsyncIterator<unknown, unknown, unknown>;
  declare private isWaiting: boolean;
  /** What is to be thrown once the inner iterator, which cannot be thrown into, is closed. */
  declare private refusal: TypeError | null;

  constructor(inner: AsyncIterator<unknown, unknown, unknown>) {
    this.inner = inner;
    this.isWaiting = false;
    this.refusal = null;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(value: unknown): Result {
    return this.isWaiting ? this.answer(value) : this.ask(this.inner.next(value));
  }

  /** Called a second time when the inner iterator has failed. */
  throw(error: unknown): Result {
    if (this.isWaiting) {
      this.isWaiting = false;
      throw error;
    }
    if (typeof this.inner.throw === "function") return this.ask(this.inner.throw(error));
    this.refusal = new TypeError("the iterator of `yield*` has no `throw` method; it has been closed");
    return this.ask(this.inner.return?.());
  }

  /** With the value to return, or, the second time, with the inner result. */
  return(value: unknown): Result {
    if (this.isWaiting) return this.answer(value);
    if (typeof this.inner.return !== "function") return { value, done: true };
    return this.ask(this.inner.return(value));
  }

  private ask(promise: unknown): Result {
    this.isWaiting = true;
    return { value: new Awaiting(promise, true), done: false };
  }

  private answer(result: unknown): Result {
    this.isWaiting = false;
    if (this.refusal !== null) throw this.refusal;
    if (typeof result !== "object" || result === null) {
      throw new TypeError(
        `the iterator of \`yield*\` should give an object with value and done, got ${describe(result)}`,
      );
    }
    const { done, value } = result as Result;
    return done === true ? { value, done: true } : { value: new Delegated(value), done: false };
  }
}

/** TypeScript's `__asyncDelegator(iterator)`, Babel's `asyncGeneratorDelegate(iterator)`. */
export function delegate(inner: AsyncIterator<unknown, unknown, unknown>): IterableIterator<unknown, unknown, unknown> {
  return new Delegation(inner);
}
