import assert from "node:assert/strict";
import { test } from "node:test";
import { CancelledError, createTask, Future, gather, isFuture, sleep } from "../../bindings/index.js";
import { leakReport } from "../../bindings/testing.js";
import { onLoop } from "../support/onLoop.js";

test("a new future is pending", () => {
  onLoop(function* ({ loop }) {
    const future = new Future<number>();
    assert.equal(future.done(), false);
    assert.equal(future.cancelled(), false);
    assert.equal(future.getLoop(), loop);
    assert.equal(new Future({ loop }).getLoop(), loop);
    yield;
  });
});

test("a future with a result is done and not cancelled", () => {
  onLoop(function* ({ loop }) {
    const future = loop.createFuture<string>();
    future.setResult("result");
    assert.equal(future.done(), true);
    assert.equal(future.cancelled(), false);
    assert.equal(future.result(), "result");
    assert.equal(future.exception(), null);
    assert.equal(yield* future, "result");
  });
});

test("a future with an exception throws it and gives it", () => {
  onLoop(function* ({ loop }) {
    const error = new RangeError("failed");
    const future = loop.createFuture();
    future.setException(error);
    assert.equal(future.done(), true);
    assert.equal(future.exception(), error);
    assert.throws(() => future.result(), error);
    for (let i = 0; i < 2; i++) {
      try {
        yield* future;
        assert.fail("no exception");
      } catch (thrown) {
        assert.equal(thrown, error);
      }
    }
  });
});

test("setException makes an error of an error class", () => {
  onLoop(function* ({ loop }) {
    const future = loop.createFuture();
    future.setException(RangeError);
    assert.ok(future.exception() instanceof RangeError);
    yield;
  });
});

test("a cancelled future is done; asking it throws a CancelledError with the message", () => {
  onLoop(function* ({ loop }) {
    const future = loop.createFuture();
    assert.equal(future.cancel("no longer needed"), true);
    assert.equal(future.done(), true);
    assert.equal(future.cancelled(), true);
    for (const ask of [() => future.result(), () => future.exception()]) {
      assert.throws(ask, (error) => error instanceof CancelledError && error.msg === "no longer needed");
    }
    yield;
  });
});

test("cancel of a future that is done changes nothing and gives false", () => {
  onLoop(function* ({ loop }) {
    const future = loop.createFuture<number>();
    future.setResult(1);
    assert.equal(future.cancel(), false);
    assert.equal(future.result(), 1);
    const cancelled = loop.createFuture();
    cancelled.cancel("first");
    assert.equal(cancelled.cancel("second"), false);
    assert.throws(() => cancelled.result(), { message: "first" });
    yield;
  });
});

test("several tasks wait for one future and are resumed in the order of waiting", () => {
  onLoop(function* ({ loop, trace }) {
    const future = loop.createFuture<string>();
    const wait = (name: string) =>
      function* () {
        trace.add(`${name} ${yield* future}`);
      };
    const tasks = ["a", "b", "c"].map((name) => createTask(wait(name)));
    yield;
    future.setResult("resumed");
    yield* gather(tasks);
    trace.assertIs(["a resumed", "b resumed", "c resumed"]);
  });
});

test("yield of a future gives its result, untyped, and yield* of a done future costs no turn of the loop", () => {
  onLoop(function* ({ loop, trace }) {
    const future = loop.createFuture<string>();
    loop.callSoon(trace.adder("next turn"));
    future.setResult("done");
    trace.add(yield* future);
    trace.add((yield future) as string);
    yield;
    trace.assertIs(["done", "done", "next turn"]);
  });
});

test("a pending future that nobody waits for costs the core no slot", () => {
  onLoop(function* ({ loop }) {
    const before = leakReport(loop).slots;
    const futures = Array.from({ length: 100 }, () => loop.createFuture<number>());
    assert.equal(leakReport(loop).slots, before);
    for (const future of futures) future.setResult(1);
    yield;
  });
});

test("isFuture knows Futures and Tasks and nothing else", () => {
  onLoop(function* ({ loop }) {
    const task = createTask(sleep(1));
    assert.ok(isFuture(loop.createFuture()) && isFuture(task));
    for (const other of [sleep(1), Promise.resolve(), { then() {} }, null, undefined, 5, () => {}]) {
      assert.equal(isFuture(other), false);
    }
    yield* task;
  });
});

test("a future describes its state", () => {
  onLoop(function* ({ loop }) {
    const texts: string[] = [];
    const future = loop.createFuture<unknown>();
    texts.push(String(future));
    future.setResult("a result");
    texts.push(String(future));
    const failed = loop.createFuture();
    failed.setException(new RangeError("too far"));
    failed.exception();
    texts.push(String(failed));
    const cancelled = loop.createFuture();
    cancelled.cancel();
    texts.push(String(cancelled));
    assert.deepEqual(texts, [
      "<Future pending>",
      '<Future finished result="a result">',
      "<Future finished exception=RangeError: too far>",
      "<Future cancelled>",
    ]);
    assert.equal(Object.prototype.toString.call(future), "[object Future]");
    yield;
  });
});

test("a generator that is closed while it waits for a future leaves the future alone", () => {
  onLoop(function* ({ loop, trace }) {
    const future = loop.createFuture<string>();
    const waiting = createTask(function* () {
      try {
        yield* future;
      } finally {
        trace.add("left");
      }
    });
    yield;
    waiting.cancel();
    yield;
    yield;
    assert.equal(future.cancelled(), true, "cancelling a task cancels the bare future it waits for");
    assert.equal(waiting.cancelled(), true);
    trace.assertIs(["left"]);
  });
});
