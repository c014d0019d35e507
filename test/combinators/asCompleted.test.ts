import assert from "node:assert/strict";
import { test } from "node:test";
import {
  anext,
  asCompleted,
  createTask,
  Future,
  isCancelled,
  sleep,
  StopAsyncIteration,
  TimeoutError,
  type Steps,
} from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

function* failAfter(delay: number): Steps<never> {
  yield* sleep(delay);
  throw new RangeError("failed");
}

test("plain iteration gives a coroutine for each, and awaiting them the outcomes as they complete", () => {
  onLoop(function* ({ loop }) {
    const results: unknown[] = [];
    for (const next of asCompleted([sleep(30, "slow"), sleep(10, "quick"), createTask(sleep(20, "task"))])) {
      results.push(yield* next, loop.time());
    }
    assert.deepEqual(results, ["quick", 10, "task", 20, "slow", 30]);
  });
});

test("async iteration gives the futures themselves, each done when it comes", () => {
  onLoop(function* () {
    const slow = createTask(sleep(20));
    const quick = createTask(sleep(10));
    const iterator = asCompleted([slow, quick]);
    assert.equal(yield* anext(iterator), quick);
    assert.equal(slow.done(), false);
    assert.equal(yield* iterator.anext(), slow);
    assert.ok((yield* failureOf(anext(iterator))) instanceof StopAsyncIteration);
  });
});

test("native code may iterate with for await", async () => {
  await onHostLoop(async () => {
    const tasks = [createTask(sleep(20)), createTask(sleep(10))];
    const seen: unknown[] = [];
    for await (const future of asCompleted(tasks)) seen.push(future, future.done());
    assert.deepEqual(seen, [tasks[1], true, tasks[0], true]);
  });
});

test("the awaitables start at the call", () => {
  onLoop(function* ({ loop }) {
    const iterator = asCompleted([sleep(10, "slept")]);
    yield* sleep(100);
    for (const next of iterator) assert.equal(yield* next, "slept");
    assert.equal(loop.time(), 100);
  });
});

test("an error is thrown by the coroutine of its place, and the others go on", () => {
  onLoop(function* () {
    const seen: unknown[] = [];
    for (const next of asCompleted([sleep(20, "slow"), failAfter(10)])) {
      try {
        seen.push(yield* next);
      } catch (error) {
        seen.push(String(error));
      }
    }
    assert.deepEqual(seen, ["RangeError: failed", "slow"]);
  });
});

test("the coroutines may be awaited in any order and side by side", () => {
  onLoop(function* () {
    const [first, second] = asCompleted([sleep(20, "slow"), sleep(10, "quick")]);
    const waiters = [createTask(second!), createTask(first!)];
    assert.equal(yield* waiters[0]!, "quick");
    assert.equal(yield* waiters[1]!, "slow");
  });
});

test("a waiter that is cancelled as it is served leaves the outcome to the next", () => {
  onLoop(function* () {
    const future = new Future<string>();
    const [first, second] = asCompleted([future, sleep(1000, "slow")]);
    const cancelled = createTask(first!);
    const waiter = createTask(second!);
    yield;
    future.setResult("quick");
    yield;
    cancelled.cancel();
    assert.equal(yield* waiter, "quick");
    assert.ok(isCancelled(yield* failureOf(cancelled)));
    yield* sleep(1000);
  });
});

test("one that is given twice counts once, a coroutine too", () => {
  onLoop(function* () {
    const task = createTask(sleep(10, "task"));
    const slept = sleep(20, "coroutine");
    const results: unknown[] = [];
    for (const next of asCompleted([task, slept, task, slept])) results.push(yield* next);
    assert.deepEqual(results, ["task", "coroutine"]);
  });
});

test("after the deadline every place left throws TimeoutError, and the tasks go on", () => {
  onLoop(function* ({ loop }) {
    const tasks = [createTask(sleep(5, "quick")), createTask(sleep(50)), createTask(sleep(60))];
    const seen: unknown[] = [];
    for (const next of asCompleted(tasks, { timeout: 20 })) {
      try {
        seen.push(yield* next);
      } catch (error) {
        seen.push(error instanceof TimeoutError, loop.time());
      }
    }
    assert.deepEqual(seen, ["quick", true, 20, true, 20]);
    yield* sleep(100);
    assert.equal(tasks[2]!.cancelled(), false);
  });
});

test("a deadline that is not reached leaves no timer behind", () => {
  onLoop(function* ({ loop }) {
    for (const next of asCompleted([sleep(5)], { timeout: 1_000_000 })) yield* next;
    assert.equal(loop.time(), 5);
  });
});

test("nothing to wait for ends at once", async () => {
  onLoop(function* () {
    assert.deepEqual([...asCompleted([], { timeout: 5 })], []);
    assert.ok((yield* failureOf(anext(asCompleted([])))) instanceof StopAsyncIteration);
  });
  await onHostLoop(async () => {
    for await (const future of asCompleted(new Set<Future<unknown>>())) assert.fail(String(future));
  });
});

test("asCompleted describes how many are left", () => {
  onLoop(function* () {
    const iterator = asCompleted([sleep(1), sleep(2)]);
    assert.equal(String(iterator), "<AsCompleted left=2>");
    yield* iterator.anext();
    assert.equal(String(iterator), "<AsCompleted left=1>");
    yield* iterator.anext();
  });
});

test("asCompleted refuses a lone awaitable, what is no list, and a timeout that is no number", () => {
  onLoop(function* () {
    const future = new Future<number>();
    for (const lone of [future, sleep(5), Promise.resolve()]) {
      assert.throws(() => asCompleted(lone as never), { name: "TypeError", message: /write asCompleted\(\[x\]\)/ });
    }
    assert.throws(() => asCompleted(undefined as never), { name: "TypeError", message: /got undefined/ });
    assert.throws(() => asCompleted([3 as never]), { name: "TypeError", message: /got 3/ });
    assert.throws(() => asCompleted([future], { timeout: "5" as never }), { name: "TypeError", message: /got "5"/ });
    yield;
  });
});
