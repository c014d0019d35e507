// anext over the platform's own async iterators.
import assert from "node:assert/strict";
import { test } from "node:test";
import { anext, createTask, isCancelled, sleep, StopAsyncIteration } from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

async function* platformGenerator(): AsyncGenerator<number> {
  yield 1;
  await null;
  yield 2;
}

test("anext gives a platform iterator's values and StopAsyncIteration at its end", async () => {
  await onHostLoop(function* () {
    const iterator = platformGenerator();
    assert.equal(yield* anext(iterator), 1);
    assert.equal(yield* anext(iterator), 2);
    assert.ok((yield* failureOf(anext(iterator))) instanceof StopAsyncIteration);
  });
});

test("what the iterator rejects with comes out of anext", async () => {
  await onHostLoop(function* () {
    const iterator = (async function* (): AsyncGenerator<never> {
      throw new RangeError("no values");
    })();
    assert.ok((yield* failureOf(anext(iterator))) instanceof RangeError);
  });
});

test("next is not called before the coroutine is awaited", async () => {
  await onHostLoop(function* () {
    let calls = 0;
    const iterator = { next: (): Promise<IteratorResult<number>> => Promise.resolve({ value: ++calls, done: false }) };
    const step = anext(iterator);
    yield;
    assert.equal(calls, 0);
    assert.equal(yield* step, 1);
  });
});

test("cancelling anext detaches from the iterator's promise at once", async () => {
  await onHostLoop(function* ({ loop }) {
    const iterator = { next: (): Promise<IteratorResult<number>> => new Promise(() => {}) };
    const task = createTask(anext(iterator));
    yield* sleep(1);
    task.cancel();
    assert.ok(isCancelled(yield* failureOf(task)));
    assert.equal(loop.time(), 1);
  });
});

test("an iterator whose next gives no promise is a TypeError that says what came", () => {
  onLoop(function* () {
    const error = yield* failureOf(anext([1, 2][Symbol.iterator]() as never));
    assert.ok(error instanceof TypeError);
    assert.match(error.message, /^anext expects an async iterator: next\(\) gave an object.* instead of a promise$/);
  });
});

for (const [value, quoted] of [
  [5, "5"],
  [undefined, "undefined"],
  [{}, "an object of class Object"],
] as const) {
  test(`anext of ${quoted} is a TypeError`, () => {
    onLoop(function* () {
      assert.throws(() => anext(value as never), {
        name: "TypeError",
        message: `anext expects an async iterator, got ${quoted}`,
      });
      yield;
    });
  });
}
