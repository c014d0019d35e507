import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, Future, isCancelled, shield, sleep } from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onLoop } from "../support/onLoop.js";

test("a shield has the outcome of what it covers", () => {
  onLoop(function* () {
    assert.equal(yield* shield(sleep(5, "slept")), "slept");
    const failing = new Future<number>();
    const shielded = shield(failing);
    failing.setException(new RangeError("failed"));
    assert.equal(String(yield* failureOf(shielded)), "RangeError: failed");
  });
});

test("a future that is done is given back itself", () => {
  onLoop(function* () {
    const future = new Future<number>();
    future.setResult(1);
    assert.equal(shield(future), future);
    yield;
  });
});

test("a coroutine becomes a task at the call", () => {
  onLoop(function* ({ trace }) {
    const shielded = shield(
      (function* () {
        trace.add("began");
        yield;
      })(),
    );
    yield;
    trace.add("next iteration");
    yield* shielded;
    trace.assertIs(["began", "next iteration"]);
  });
});

test("cancelling the task that awaits a shield leaves the inner task going", () => {
  onLoop(function* ({ loop }) {
    const inner = createTask(sleep(50, "slept"));
    const outer = createTask(function* () {
      yield* shield(inner);
    });
    yield* sleep(10);
    outer.cancel("from outside");
    const error = yield* failureOf(outer);
    assert.ok(isCancelled(error) && error.msg === "from outside");
    assert.equal(inner.cancelling(), 0);
    assert.equal(yield* inner, "slept");
    assert.equal(loop.time(), 50);
  });
});

test("what is cancelled inside cancels the shield, without its message", () => {
  onLoop(function* () {
    const inner = createTask(sleep(50));
    const shielded = shield(inner);
    yield;
    inner.cancel("inside");
    const error = yield* failureOf(shielded);
    assert.ok(isCancelled(error) && error.msg === undefined);
    assert.equal(shielded.cancelled(), true);
  });
});

test("an error after the shield was cancelled is told to the exception handler, once", () => {
  onLoop(function* (stage) {
    const inner = createTask(function* () {
      yield* sleep(10);
      throw new RangeError("late");
    });
    const shields = [shield(inner), shield(inner)];
    for (const shielded of shields) shielded.cancel();
    yield* sleep(20);
    const [report, ...others] = stage.takeReports();
    assert.equal(report!.message, "RangeError exception in shielded future");
    assert.equal(report!.future, inner);
    assert.equal(String(report!.exception), "RangeError: late");
    assert.deepEqual(others, []);
  });
});

test("something thrown that is no Error is told as well", () => {
  onLoop(function* (stage) {
    const inner = createTask(function* () {
      yield* sleep(10);
      throw "text";
    });
    shield(inner).cancel();
    yield* sleep(20);
    assert.equal(stage.takeReports()[0]!.message, "string exception in shielded future");
  });
});

test("a result, or a cancellation, after the shield was cancelled is nobody's concern", () => {
  onLoop(function* () {
    const inner = createTask(sleep(10));
    const cancelled = createTask(sleep(10));
    shield(inner).cancel();
    shield(cancelled).cancel();
    yield;
    cancelled.cancel();
    yield* sleep(20);
    assert.equal(inner.done(), true);
  });
});

test("an inner future that settles in the iteration in which its shield is cancelled keeps its outcome", () => {
  onLoop(function* () {
    const inner = new Future<string>();
    const shielded = shield(inner);
    inner.setResult("settled");
    assert.equal(shielded.cancel(), true);
    yield;
    yield;
    assert.equal(shielded.cancelled(), true);
    assert.equal(inner.result(), "settled");
  });
});

test("shield refuses what can not be awaited", () => {
  onLoop(function* () {
    assert.throws(() => shield(3 as never), { name: "TypeError", message: /required, got 3/ });
    assert.throws(() => shield((() => sleep(1)) as never), { name: "TypeError", message: /call the function/ });
    yield;
  });
});
