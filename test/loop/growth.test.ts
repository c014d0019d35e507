// Size: everything grows to the end of memory, and what was taken is given back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sleep } from "../../bindings/index.js";
import { leakReport } from "../../bindings/testing.js";
import { onLoop } from "../support/onLoop.js";

const MILLION = 1_000_000;

test("a million pending timers and a million ready callbacks on one loop all run in order", () => {
  onLoop(function* ({ loop }) {
    let callbacks = 0;
    let timers = 0;
    let inOrder = true;
    const onCallback = (i: number): void => {
      inOrder &&= i === callbacks;
      callbacks++;
    };
    let lastDeadline = -1;
    let lastNumber = -1;
    const onTimer = (deadline: number, number: number): void => {
      inOrder &&= deadline === loop.time();
      inOrder &&= deadline > lastDeadline || (deadline === lastDeadline && number > lastNumber);
      lastDeadline = deadline;
      lastNumber = number;
      timers++;
    };
    for (let i = 0; i < MILLION; i++) {
      const deadline = 1 + ((i * 7919) % 1009);
      loop.callAt(deadline, onTimer, deadline, i);
      loop.callSoon(onCallback, i);
    }
    assert.equal(leakReport(loop).timers, MILLION);
    assert.ok(leakReport(loop).ready >= MILLION);
    yield;
    assert.equal(callbacks, MILLION);
    assert.equal(timers, 0);
    yield* sleep(2000);
    assert.equal(timers, MILLION);
    assert.ok(inOrder);
  });
});

test("what a million timers took is taken again by the next million", () => {
  onLoop(function* ({ loop }) {
    let bytes = 0;
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < MILLION; i++) loop.callLater(i % 100, () => {}).cancel();
      const timers = Array.from({ length: 100_000 }, (_, i) => loop.callLater(i % 100, () => {}));
      for (const [i, timer] of timers.entries()) if (i % 10 !== 0) timer.cancel();
      yield* sleep(200);
      assert.equal(leakReport(loop).timers, 0);
      const size = loop._core.exports.memory.buffer.byteLength;
      if (round > 0) assert.equal(size, bytes);
      bytes = size;
    }
  });
});
