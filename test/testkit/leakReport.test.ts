import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, EventLoop, sleep } from "../../bindings/index.js";
import { leakReport, VirtualHost } from "../../bindings/testing.js";
import { onLoop } from "../support/onLoop.js";

test("a new loop holds nothing", () => {
  const report = leakReport(new EventLoop());
  assert.deepEqual(report, { isClean: true, tasks: [], timers: 0, ready: 0, slots: 0, unretrieved: 0 });
  assert.ok(Object.isFrozen(report));
});

test("it names tasks and counts timers, ready entries, slots and exceptions nobody looked at", () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  const task = loop.createTask(sleep(1), { name: "left over" });
  loop.callLater(10, () => {});
  loop.callSoon(() => {});
  const failed = loop.createFuture();
  failed.setException(new Error("nobody looks"));
  assert.deepEqual(leakReport(loop), {
    isClean: false,
    tasks: ["left over"],
    timers: 1,
    ready: 2,
    slots: 3,
    unretrieved: 1,
  });
  task.cancel();
  void failed.exception();
  loop.close();
});

test("an awaited future is a slot until it settles", () => {
  onLoop(function* ({ loop }) {
    const future = loop.createFuture<void>();
    const waiting = createTask(function* () {
      yield* future;
    });
    const before = leakReport(loop).slots;
    yield;
    assert.equal(leakReport(loop).slots, before + 1);
    future.setResult();
    yield* waiting;
    assert.equal(leakReport(loop).slots, before - 1);
  });
});
