import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Barrier,
  BrokenBarrierError,
  coroutine,
  createTask,
  gather,
  RuntimeError,
  sleep,
  type Steps,
} from "../../bindings/index.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";
import type { Trace } from "../support/trace.js";

const party = coroutine(function* (barrier: Barrier, trace: Trace, name: string): Steps<void> {
  trace.add(`${name} comes`);
  try {
    trace.add(`${name} leaves as ${yield* barrier.wait()}`);
  } catch (error) {
    trace.add(`${name}: ${(error as Error).name}`);
    throw error;
  }
});

test("nobody passes before all parties have come; each gets another index", () => {
  onLoop(function* ({ trace }) {
    const barrier = new Barrier(3);
    const early = gather([party(barrier, trace, "a"), party(barrier, trace, "b")]);
    yield* sleep(5);
    assert.equal(barrier.nWaiting, 2);
    yield* gather([early, party(barrier, trace, "c")]);
    trace.assertIs(["a comes", "b comes", "c comes", "c leaves as 2", "a leaves as 0", "b leaves as 1"]);
    assert.equal(barrier.nWaiting, 0);
  });
});

test("a barrier of one never waits", () => {
  onLoop(function* ({ loop, trace }) {
    const barrier = new Barrier(1);
    loop.callSoon(trace.adder("next iteration"));
    assert.equal(yield* barrier.wait(), 0);
    assert.equal(yield* barrier.wait(), 0);
    trace.add("passed twice");
    yield;
    trace.assertIs(["passed twice", "next iteration"]);
  });
});

test("the barrier can be used again, and who comes while it drains waits for the next round", () => {
  onLoop(function* ({ trace }) {
    const barrier = new Barrier(2);
    const names = ["a", "b", "c", "d", "e", "f"];
    yield* gather(names.map((name) => party(barrier, trace, name)));
    const left = trace.events.filter((event) => event.includes("leaves"));
    assert.equal(left.length, 6);
    for (const index of ["0", "1"]) assert.equal(left.filter((event) => event.endsWith(index)).length, 3);
    assert.equal(barrier.statistics().nWaiting, 0);
  });
});

test("abort breaks the barrier for who waits and for who comes", () => {
  onLoop(function* ({ trace }) {
    const barrier = new Barrier(2);
    const task = createTask(party(barrier, trace, "a"));
    yield;
    yield* barrier.abort();
    yield* sleep(1);
    assert.ok(task.exception() instanceof BrokenBarrierError);
    assert.ok(task.exception() instanceof RuntimeError);
    assert.equal(barrier.broken, true);
    assert.equal(String(barrier), "<Barrier [broken]>");
    const late = createTask(party(barrier, trace, "b"));
    yield* sleep(1);
    assert.match((late.exception() as Error).message, /reset\(\) makes it usable again/);
    trace.assertIs(["a comes", "a: BrokenBarrierError", "b comes", "b: BrokenBarrierError"]);
  });
});

test("reset throws out who waits, and the barrier is usable again", () => {
  onLoop(function* ({ trace }) {
    const barrier = new Barrier(2);
    const task = createTask(party(barrier, trace, "a"));
    yield;
    yield* barrier.reset();
    yield* sleep(1);
    assert.match((task.exception() as Error).message, /reset before all parties had come/);
    yield* gather([party(barrier, trace, "b"), party(barrier, trace, "c")]);
    assert.deepEqual(trace.events.slice(-2), ["c leaves as 1", "b leaves as 0"]);
  });
});

test("reset makes a broken barrier usable again", () => {
  onLoop(function* () {
    const barrier = new Barrier(2);
    yield* barrier.abort();
    yield* barrier.reset();
    assert.equal(barrier.broken, false);
    assert.deepEqual(yield* gather([barrier.wait(), barrier.wait()]), [0, 1]);
  });
});

test("a party that is cancelled is no longer counted", () => {
  onLoop(function* ({ trace }) {
    const barrier = new Barrier(2);
    const task = createTask(party(barrier, trace, "a"));
    yield;
    task.cancel();
    yield* sleep(1);
    assert.equal(barrier.nWaiting, 0);
    yield* gather([party(barrier, trace, "b"), party(barrier, trace, "c")]);
    assert.equal(trace.events.filter((event) => event.includes("leaves")).length, 2);
  });
});

test("with() gives the body the index, and its result is the result", async () => {
  await onHostLoop(function* () {
    const barrier = new Barrier(4);
    const results = yield* gather([
      barrier.with(function* (index) {
        yield* sleep(1);
        return `generator ${index}`;
      }),
      barrier.with((index) => sleep(1, `coroutine ${index}`)),
      barrier.with(async (index) => {
        await sleep(1);
        return `native ${index}`;
      }),
      barrier.with((index) => index),
    ]);
    const last: number = results[3];
    assert.equal(last, 3);
    assert.deepEqual(results, ["generator 0", "coroutine 1", "native 2", 3]);
  });
});

test("a barrier refuses what is no number of parties, and a body that can not be called", () => {
  for (const parties of [0, -1]) {
    assert.throws(() => new Barrier(parties), { name: "ValueError", message: /1 or more; got/ });
  }
  for (const parties of ["2", 1.5, NaN, undefined]) {
    assert.throws(() => new Barrier(parties as number), { name: "TypeError", message: /must be an integer/ });
  }
  const barrier = new Barrier(2);
  assert.throws(() => barrier.with(null as never), { name: "TypeError" });
  assert.equal(barrier.parties, 2);
});

test("a barrier's statistics are frozen, and toString shows them as asyncio does", () => {
  onLoop(function* () {
    const barrier = new Barrier(2);
    const task = createTask(barrier.wait());
    yield;
    assert.equal(String(barrier), "<Barrier [filling, waiters:1/2]>");
    assert.deepEqual(barrier.statistics(), { parties: 2, nWaiting: 1, broken: false });
    assert.ok(Object.isFrozen(barrier.statistics()));
    yield* gather([barrier.wait(), task]);
    assert.equal(String(barrier), "<Barrier [filling, waiters:0/2]>");
  });
});
