import assert from "node:assert/strict";
import { test } from "node:test";
import {
  coroutine,
  createTask,
  currentTask,
  Future,
  isCancelled,
  shield,
  sleep,
  TimeoutError,
  waitFor,
} from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

const nameOfTask = coroutine(function* () {
  yield* sleep(1);
  return currentTask()!.getName();
});

test("what is awaited in time gives its result, and the deadline leaves no timer behind", () => {
  onLoop(function* ({ loop }) {
    assert.equal(yield* waitFor(sleep(10, "slept"), 1_000_000), "slept");
    assert.equal(yield* waitFor(createTask(sleep(10, "task")), 1_000_000), "task");
    assert.equal(loop.time(), 20);
  });
});

test("a coroutine or generator runs in the task that waits", () => {
  onLoop(function* () {
    const name = currentTask()!.getName();
    assert.equal(yield* waitFor(nameOfTask(), 10), name);
    assert.equal(yield* waitFor(nameOfTask(), null), name);
    const steps = (function* () {
      yield;
      return currentTask()!.getName();
    })();
    assert.equal(yield* waitFor(steps, 10), name);
  });
});

test("what is done already is given without a pass through the loop", () => {
  onLoop(function* ({ loop, trace }) {
    const future = new Future<number>();
    future.setResult(1);
    loop.callSoon(trace.adder("next iteration"));
    for (const timeout of [5, null, 0, -1]) assert.equal(yield* waitFor(future, timeout), 1);
    trace.add("waited");
    yield;
    trace.assertIs(["waited", "next iteration"]);
  });
});

test("at the deadline the task that is waited for is cancelled, and waitFor throws TimeoutError", () => {
  onLoop(function* ({ loop }) {
    const task = createTask(sleep(1000));
    const error = yield* failureOf(waitFor(task, 10));
    assert.ok(error instanceof TimeoutError && isCancelled(error.cause));
    assert.equal(task.cancelled(), true);
    assert.equal(loop.time(), 10);
    assert.equal(currentTask()!.cancelling(), 0);
  });
});

test("a task that needs time to clean up is waited for, past the deadline", () => {
  onLoop(function* ({ loop }) {
    const task = createTask(function* () {
      yield* failureOf(sleep(1000));
      yield* sleep(30);
      return "cleaned up";
    });
    assert.equal(yield* waitFor(task, 10), "cleaned up");
    assert.equal(loop.time(), 40);
  });
});

test("an error and a cancellation of the awaited task go on as they are", () => {
  onLoop(function* () {
    const failing = createTask(function* () {
      yield* sleep(5);
      throw new RangeError("failed");
    });
    assert.equal(String(yield* failureOf(waitFor(failing, 10))), "RangeError: failed");
    const cancelled = createTask(sleep(1000));
    cancelled.cancel("alone");
    const error = yield* failureOf(waitFor(cancelled, 10));
    assert.ok(isCancelled(error) && error.msg === "alone");
  });
});

test("cancelling the task that waits cancels what it waits for", () => {
  onLoop(function* () {
    const inner = createTask(sleep(1000));
    for (const timeout of [100, null]) {
      const outer = createTask(waitFor(timeout === null ? inner : sleep(1000), timeout));
      yield* sleep(5);
      outer.cancel("from outside");
      const error = yield* failureOf(outer);
      assert.ok(isCancelled(error) && error.msg === "from outside");
    }
    assert.equal(inner.cancelled(), true);
  });
});

test("with no time at all a coroutine is cancelled before its first step", () => {
  onLoop(function* ({ trace, loop }) {
    for (const timeout of [0, -10]) {
      const never = coroutine(function* () {
        trace.add("began");
        yield;
      });
      const error = yield* failureOf(waitFor(never(), timeout));
      assert.ok(error instanceof TimeoutError && isCancelled(error.cause));
    }
    assert.equal(loop.time(), 0);
    trace.assertIs([]);
  });
});

test("with no time at all a task may still refuse to be cancelled", () => {
  onLoop(function* () {
    const task = createTask(function* () {
      yield* failureOf(sleep(1000));
      return "refused";
    });
    yield;
    assert.equal(yield* waitFor(task, 0), "refused");
    const failing = createTask(function* () {
      yield* failureOf(sleep(1000));
      throw new RangeError("on the way out");
    });
    yield;
    assert.equal(String(yield* failureOf(waitFor(failing, 0))), "RangeError: on the way out");
  });
});

test("cancelling a task that waits with no time leaves nothing behind", () => {
  onLoop(function* () {
    const stubborn = createTask(function* () {
      yield* failureOf(sleep(1000));
      yield* sleep(20);
    });
    yield;
    const outer = createTask(waitFor(stubborn, 0));
    yield* sleep(5);
    outer.cancel("from outside");
    const error = yield* failureOf(outer);
    assert.ok(isCancelled(error) && error.msg === "from outside");
    yield* stubborn;
  });
});

test("shield keeps what is waited for going", () => {
  onLoop(function* () {
    const task = createTask(sleep(50, "slept"));
    assert.ok((yield* failureOf(waitFor(shield(task), 10))) instanceof TimeoutError);
    assert.equal(yield* task, "slept");
  });
});

test("a foreign promise is awaited, and left behind at the deadline", async () => {
  await onHostLoop(function* ({ loop }) {
    assert.equal(yield* waitFor(Promise.resolve("settled"), 10), "settled");
    const error = yield* failureOf(waitFor(new Promise(() => {}), 10));
    assert.ok(error instanceof TimeoutError);
    assert.equal(loop.time(), 10);
  });
});

test("waitFor refuses what can not be awaited, and a timeout that is no number", () => {
  const refused: [unknown, RegExp][] = [
    [3, /got 3$/],
    [null, /got null$/],
    [function named() {}, /got function named; call the function$/],
    [[sleep(1)], /got an object of class Array$/],
  ];
  for (const [value, message] of refused) {
    assert.throws(() => waitFor(value as never, 5), { name: "TypeError", message });
  }
  for (const timeout of ["5", NaN, Infinity, undefined]) {
    assert.throws(() => waitFor(sleep(1), timeout as never), {
      name: "TypeError",
      message: /^waitFor expects a finite number of milliseconds, or null for none, got /,
    });
  }
});
