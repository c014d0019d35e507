// Gatherings of gatherings, of many, and of what stands in the list more than once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CancelledError, coroutine, createTask, gather, sleep, type Steps } from "../../bindings/index.js";
import { leakReport } from "../../bindings/testing.js";
import { onLoop } from "../support/onLoop.js";

test("a cancelled group of a gathering of gatherings leaves the other group alone", () => {
  onLoop(function* () {
    const left = gather([sleep(10, "a"), sleep(20, "b")]);
    const right = gather([sleep(10, "c"), sleep(20, "d")]);
    const both = gather([left, right], { returnExceptions: true });
    yield* sleep(5);
    right.cancel();
    const outcomes = yield* both;
    assert.deepEqual(outcomes[0], ["a", "b"]);
    assert.ok(outcomes[1] instanceof CancelledError);
  });
});

test("cancelling the outermost gathering cancels every child of every group", () => {
  onLoop(function* () {
    const children = Array.from({ length: 6 }, () => createTask(sleep(1000)));
    const groups = [gather(children.slice(0, 3)), gather(children.slice(3))];
    const all = gather(groups);
    yield* sleep(5);
    assert.equal(all.cancel(), true);
    yield* sleep(1);
    assert.ok(children.every((child) => child.cancelled()));
    assert.ok([all, ...groups].every((group) => group.exception() instanceof CancelledError));
  });
});

test("cancelling a task that awaits a gathering cancels the children", () => {
  onLoop(function* () {
    const children = [createTask(sleep(100)), createTask(sleep(200))];
    const task = createTask(function* () {
      yield* gather(children);
    });
    yield* sleep(10);
    task.cancel();
    yield* sleep(1);
    assert.ok(task.cancelled() && children.every((child) => child.cancelled()));
  });
});

test("the same Future or Task may stand in the list twice", () => {
  onLoop(function* ({ loop }) {
    const task = createTask(sleep(5, "task"));
    const future = loop.createFuture<string>();
    loop.callLater(1, () => future.setResult("future"));
    assert.deepEqual(yield* gather([task, future, task, future]), ["task", "future", "task", "future"]);
  });
});

test("the same coroutine or generator twice is one child", () => {
  onLoop(function* ({ trace }) {
    const once = coroutine(function* () {
      trace.add("began");
      yield* sleep(1);
      return "result";
    });
    const c = once();
    const generator = (function* () {
      yield* sleep(1);
      return "of a generator";
    })();
    const results = yield* gather([c, c, generator, generator]);
    assert.deepEqual(results, ["result", "result", "of a generator", "of a generator"]);
    trace.assertIs(["began"]);
  });
});

test("the failures of later children are dropped, not reported as never retrieved", () => {
  onLoop(function* ({ trace }) {
    const fail = coroutine(function* (delay: number): Steps<void> {
      yield* sleep(delay);
      throw new Error(`after ${delay}`);
    });
    try {
      yield* gather([fail(1), fail(1), fail(2), sleep(5)]);
    } catch (error) {
      trace.add((error as Error).message);
    }
    yield* sleep(10);
    trace.assertIs(["after 1"]);
  });
});

test("ten thousand children give all their slots back", () => {
  onLoop(function* ({ loop }) {
    const before = leakReport(loop).slots;
    const results = yield* gather(Array.from({ length: 10_000 }, (_, i) => sleep(i % 7, i)));
    assert.ok(results.every((result, i) => result === i));
    assert.equal(leakReport(loop).slots, before);
  });
});

test("outside of every run a gathering belongs to the background loop", async () => {
  assert.deepEqual(await gather([]), []);
  assert.deepEqual(await gather([sleep(1, "a"), sleep(2, "b")]), ["a", "b"]);
});
