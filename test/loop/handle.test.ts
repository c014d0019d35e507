import assert from "node:assert/strict";
import { test } from "node:test";
import { Handle, sleep, TimerHandle } from "../../bindings/index.js";
import { leakReport } from "../../bindings/testing.js";
import { onLoop } from "../support/onLoop.js";

test("a cancelled handle is skipped and gives its slot back in its turn", () => {
  onLoop(function* ({ loop, trace }) {
    const handle = loop.callSoon(trace.adder("cancelled"));
    loop.callSoon(trace.adder("kept"));
    assert.ok(handle instanceof Handle);
    assert.equal(handle.cancelled(), false);
    handle.cancel();
    assert.equal(handle.cancelled(), true);
    yield;
    trace.assertIs(["kept"]);
  });
});

test("a handle cancelled by an earlier callback of its batch is skipped", () => {
  onLoop(function* ({ loop, trace }) {
    loop.callSoon(() => victim.cancel());
    const victim = loop.callSoon(trace.adder("victim"));
    yield;
    trace.assertIs([]);
  });
});

test("cancelling twice, or after the callback has run, is no error", () => {
  onLoop(function* ({ loop, trace }) {
    const handle = loop.callSoon(trace.adder("run"));
    const timer = loop.callLater(1, trace.adder("timer"));
    yield* sleep(2);
    for (const each of [handle, timer, handle, timer]) each.cancel();
    trace.assertIs(["run", "timer"]);
  });
});

test("a timer knows when it is due", () => {
  onLoop(function* ({ loop }) {
    yield* sleep(7);
    const timer = loop.callLater(5, () => {});
    assert.ok(timer instanceof TimerHandle);
    assert.equal(timer.when(), 12);
    assert.equal(loop.callAt(8.5, () => {}).when(), 8.5);
    yield* sleep(6);
  });
});

test("a cancelled timer leaves the heap at once", () => {
  onLoop(function* ({ loop, trace }) {
    const timers = [10, 20, 30].map((delay) => loop.callLater(delay, trace.adder(`after ${delay}`)));
    timers[1]!.cancel();
    assert.equal(timers[1]!.cancelled(), true);
    assert.equal(leakReport(loop).timers, 2);
    yield* sleep(40);
    trace.assertIs(["after 10", "after 30"]);
  });
});

test("a timer that is due but has not run yet can be cancelled", () => {
  onLoop(function* ({ loop, trace }) {
    loop.callAt(10, () => second.cancel());
    const second = loop.callAt(10, trace.adder("second"));
    yield* sleep(11);
    trace.assertIs([]);
  });
});

test("a stale timer handle does not cancel the timer that has its slot now", () => {
  onLoop(function* ({ loop, trace }) {
    const stale = loop.callLater(5, () => {});
    stale.cancel();
    loop.callLater(5, trace.adder("fired"));
    stale.cancel();
    yield* sleep(6);
    trace.assertIs(["fired"]);
  });
});

test("cancelling the earliest timer lets the next deadline come", () => {
  onLoop(function* ({ loop, trace }) {
    const early = loop.callLater(10, trace.adder("early"));
    loop.callLater(1000, () => trace.add(`late at ${loop.time()}`));
    early.cancel();
    yield* sleep(2000);
    trace.assertIs(["late at 1000"]);
  });
});
