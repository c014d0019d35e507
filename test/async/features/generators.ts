// What async generators and `for await` can do, in plain JavaScript terms; run natively too.
import assert from "node:assert/strict";
import type { Features } from "./features.js";

async function* count(to: number, log: string[] = []): AsyncGenerator<number, string, string | undefined> {
  try {
    for (let i = 0; i < to; i++) {
      await null;
      const sent = yield i;
      if (sent !== undefined) log.push(sent);
    }
    return "counted";
  } finally {
    await null;
    log.push("closed");
  }
}

async function* resilient(): AsyncGenerator<string, void, undefined> {
  try {
    yield "first";
  } catch (error) {
    yield `caught ${(error as Error).message}`;
  }
  yield "last";
}

async function* delegating(log: string[]): AsyncGenerator<number | string, void, string | undefined> {
  const result = yield* count(2, log);
  yield result;
  yield* ["plain", "iterable"];
}

class Source {
  readonly items: readonly number[] = [1, 2];

  async *[Symbol.asyncIterator](): AsyncGenerator<number, void, undefined> {
    for (const item of this.items) yield item;
  }

  async *twice(): AsyncGenerator<number, void, undefined> {
    yield* this;
    yield* this;
  }
}

async function collect<T>(items: AsyncIterable<T> | Iterable<T | PromiseLike<T>>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const failing = (message: string): Promise<never> => Promise.reject(new RangeError(message));

export const generators: Features = {
  "`for await` goes through what an async generator yields": async () => {
    assert.deepEqual(await collect(count(3)), [0, 1, 2]);
  },
  "`for await` goes through plain iterables, and awaits their items": async () => {
    assert.deepEqual(await collect([1, Promise.resolve(2), 3]), [1, 2, 3]);
    // Made when it is asked for: a lazy call begins later than its arguments.
    function* items(): Generator<Promise<never>> {
      yield failing("item");
    }
    await assert.rejects(collect(items()), RangeError);
  },
  "`for await` goes through any object with Symbol.asyncIterator": async () => {
    let n = 0;
    const next = async (): Promise<IteratorResult<number>> => ({ value: n, done: ++n > 2 });
    assert.deepEqual(await collect({ [Symbol.asyncIterator]: () => ({ next }) }), [0, 1]);
    assert.deepEqual(await collect(new Source()), [1, 2]);
  },
  "leaving a `for await` early closes the generator, and waits for that": async () => {
    const log: string[] = [];
    for await (const item of count(5, log)) if (item === 1) break;
    assert.deepEqual(log, ["closed"]);
    await assert.rejects(async () => {
      for await (const item of count(5, log)) throw new RangeError(String(item));
    }, RangeError);
    assert.deepEqual(log, ["closed", "closed"]);
  },
  "next() sends a value in; the end has the returned value": async () => {
    const log: string[] = [];
    const counting = count(2, log);
    assert.deepEqual(await counting.next("ignored"), { value: 0, done: false });
    assert.deepEqual(await counting.next("sent"), { value: 1, done: false });
    assert.deepEqual(await counting.next(), { value: "counted", done: true });
    assert.deepEqual(await counting.next(), { value: undefined, done: true });
    assert.deepEqual(log, ["sent", "closed"]);
  },
  "throw() raises its error where the generator stands": async () => {
    const generator = resilient();
    await generator.next();
    assert.deepEqual(await generator.throw(new Error("this")), { value: "caught this", done: false });
    assert.deepEqual(await generator.next(), { value: "last", done: false });
    await assert.rejects(generator.throw(new RangeError("uncaught")), RangeError);
    assert.deepEqual(await generator.next(), { value: undefined, done: true });
  },
  "return() runs the finally blocks and gives its value back, awaited": async () => {
    const log: string[] = [];
    const counting = count(2, log);
    await counting.next();
    assert.deepEqual(await counting.return(Promise.resolve("early")), { value: "early", done: true });
    assert.deepEqual(log, ["closed"]);
  },
  "return() and throw() end a generator that has not begun": async () => {
    const log: string[] = [];
    assert.deepEqual(await count(2, log).return("never"), { value: "never", done: true });
    const other = count(2, log);
    await assert.rejects(other.throw(new RangeError("never")), RangeError);
    assert.deepEqual(await other.next(), { value: undefined, done: true });
    assert.deepEqual(log, []);
  },
  "`yield` awaits; a rejection is raised in the generator": async () => {
    async function* promises(): AsyncGenerator<unknown, unknown, undefined> {
      try {
        yield Promise.resolve("awaited");
        yield failing("yielded");
      } catch (error) {
        yield (error as Error).message;
      }
      return Promise.resolve("returned");
    }
    const generator = promises();
    assert.deepEqual(await generator.next(), { value: "awaited", done: false });
    assert.deepEqual(await generator.next(), { value: "yielded", done: false });
    assert.deepEqual(await generator.next(), { value: "returned", done: true });
  },
  "`yield*` hands values, what is sent, and the result through": async () => {
    const log: string[] = [];
    const generator = delegating(log);
    assert.deepEqual(await generator.next(), { value: 0, done: false });
    assert.deepEqual(await generator.next("inner"), { value: 1, done: false });
    assert.deepEqual(await generator.next(), { value: "counted", done: false });
    assert.deepEqual(await collect(generator), ["plain", "iterable"]);
    assert.deepEqual(log, ["inner", "closed"]);
  },
  "closing a generator closes the one it delegates to": async () => {
    const log: string[] = [];
    for await (const _item of delegating(log)) break;
    assert.deepEqual(log, ["closed"]);
  },
  "an error thrown in is the inner generator's to catch": async () => {
    async function* outer(): AsyncGenerator<string, void, undefined> {
      yield* resilient();
    }
    const generator = outer();
    await generator.next();
    assert.deepEqual(await generator.throw(new Error("it")), { value: "caught it", done: false });
    assert.deepEqual(await generator.next(), { value: "last", done: false });
  },
  "generator methods have their `this`": async () => {
    assert.deepEqual(await collect(new Source().twice()), [1, 2, 1, 2]);
  },
  "an error of the generator ends it and reaches the loop": async () => {
    async function* broken(): AsyncGenerator<number, void, undefined> {
      yield 1;
      await failing("broken");
    }
    const seen: number[] = [];
    await assert.rejects(async () => {
      for await (const item of broken()) seen.push(item);
    }, RangeError);
    assert.deepEqual(seen, [1]);
  },
  "requests made at once are answered in order": async () => {
    const counting = count(3);
    const results = await Promise.all([counting.next(), counting.next(), counting.next(), counting.next()]);
    assert.deepEqual(
      results.map(({ value }) => value),
      [0, 1, 2, "counted"],
    );
  },
  "it says what it is, and is its own iterator": async () => {
    const counting = count(1);
    assert.equal(Object.prototype.toString.call(counting), "[object AsyncGenerator]");
    assert.equal(counting[Symbol.asyncIterator](), counting);
  },
};
