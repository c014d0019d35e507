import assert from "node:assert/strict";
import { test } from "node:test";
import {
  asCompleted,
  asyncGenerator,
  coroutine,
  createTask,
  emit,
  forEach,
  isCancelled,
  sleep,
} from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";
import type { Trace } from "../support/trace.js";

/** Counts up, a millisecond a number; tells when it is closed. */
function counter(trace: Trace, end = Infinity): AsyncIterable<number> {
  const make = asyncGenerator(function* () {
    try {
      for (let n = 0; n < end; n++) {
        yield* sleep(1);
        yield* emit(n);
      }
    } finally {
      yield* sleep(1);
      trace.add("closed");
    }
  });
  return make() as AsyncIterable<number>;
}

test("the body is called with each item and its index, and awaited", () => {
  onLoop(function* ({ loop, trace }) {
    yield* forEach(counter(trace, 2), function* (item, index) {
      yield* sleep(10);
      trace.add(`${item} ${index} at ${loop.time()}`);
    });
    trace.assertIs(["0 0 at 11", "1 1 at 22", "closed"]);
  });
});

test("the body may be a plain function or return a coroutine", () => {
  onLoop(function* ({ trace }) {
    const add = coroutine(function* (item: number) {
      yield;
      trace.add(`coroutine ${item}`);
    });
    yield* forEach(counter(trace, 1), add);
    yield* forEach(counter(trace, 1), (item) => trace.add(`plain ${item}`));
    trace.assertIs(["coroutine 0", "closed", "plain 0", "closed"]);
  });
});

test("a body that gives false ends the loop, and the closing is awaited", () => {
  onLoop(function* ({ trace }) {
    yield* forEach(counter(trace), (item) => item < 2);
    trace.add("after");
    trace.assertIs(["closed", "after"]);
  });
});

test("an error of the body closes the iterator and goes on", () => {
  onLoop(function* ({ trace }) {
    const error = yield* failureOf(
      forEach(counter(trace), () => {
        throw new RangeError("body");
      }),
    );
    trace.add(String(error));
    trace.assertIs(["closed", "RangeError: body"]);
  });
});

test("a cancellation closes the iterator, in the body and while it waits for an item", () => {
  onLoop(function* ({ trace }) {
    const inBody = createTask(forEach(counter(trace), () => sleep(1000)));
    const slow = asyncGenerator(function* () {
      try {
        yield* sleep(1000);
      } finally {
        trace.add("closed");
      }
    });
    const inIterator = createTask(forEach(slow() as AsyncIterable<unknown>, () => {}));
    yield* sleep(10);
    for (const task of [inBody, inIterator]) {
      task.cancel("from outside");
      const error = yield* failureOf(task);
      assert.ok(isCancelled(error) && error.msg === "from outside");
    }
    trace.assertIs(["closed", "closed"]);
  });
});

test("an error of the iterator goes on", () => {
  onLoop(function* () {
    const failing = asyncGenerator(function* () {
      yield* emit(1);
      throw new RangeError("iterator");
    });
    assert.equal(
      String(yield* failureOf(forEach(failing() as AsyncIterable<unknown>, () => {}))),
      "RangeError: iterator",
    );
  });
});

test("the futures of asCompleted come as they complete", () => {
  onLoop(function* () {
    const seen: unknown[] = [];
    yield* forEach(asCompleted([sleep(20, "slow"), sleep(10, "quick")]), (future) => seen.push(future.result()) > 0);
    assert.deepEqual(seen, ["quick", "slow"]);
  });
});

/** An iterator of the platform that tells how it was used. */
function platform(trace: Trace, onReturn: () => Promise<unknown>): AsyncIterable<number> {
  let n = 0;
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ value: n++, done: n > 3 }),
      return: async () => {
        await onReturn();
        trace.add("returned");
        return { value: undefined, done: true };
      },
    }),
  };
}

test("an iterator of the platform is awaited, and closed on an early end only", async () => {
  await onHostLoop(function* ({ trace }) {
    const iterable = (): AsyncIterable<number> => platform(trace, async () => undefined);
    yield* forEach(iterable(), (item) => trace.add(`item ${item}`));
    trace.add("ended");
    yield* forEach(iterable(), () => false);
    trace.assertIs(["item 0", "item 1", "item 2", "ended", "returned"]);
  });
});

test("the error that ended the loop comes before one of the closing", async () => {
  await onHostLoop(function* ({ trace }) {
    const failing = platform(trace, () => Promise.reject(new TypeError("closing")));
    const fromBody = yield* failureOf(
      forEach(failing, () => {
        throw new RangeError("body");
      }),
    );
    assert.equal(String(fromBody), "RangeError: body");
    const fromClosing = yield* failureOf(forEach(failing, () => false));
    assert.equal(String(fromClosing), "TypeError: closing");
  });
});

test("an iterator without return() is simply left", async () => {
  await onHostLoop(function* () {
    const endless = { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1, done: false as const }) }) };
    yield* forEach(endless, () => false);
  });
});

test("forEach refuses what is no async iterable, and a body that is no function", () => {
  onLoop(function* ({ trace }) {
    assert.throws(() => forEach(3 as never, () => {}), { name: "TypeError", message: /got 3$/ });
    assert.throws(() => forEach([1] as never, () => {}), { name: "TypeError", message: /use `for … of`$/ });
    assert.throws(() => forEach(null as never, () => {}), { name: "TypeError", message: /got null$/ });
    assert.throws(() => forEach(counter(trace), 3 as never), { name: "TypeError", message: /^forEach expects/ });
    yield;
  });
});
