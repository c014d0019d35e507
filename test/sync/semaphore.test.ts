import assert from "node:assert/strict";
import { test } from "node:test";
import { BoundedSemaphore, coroutine, createTask, gather, Semaphore, type Steps } from "../../bindings/index.js";
import { onLoop } from "../support/onLoop.js";
import type { Trace } from "../support/trace.js";

const worker = coroutine(function* (semaphore: Semaphore, trace: Trace, name: string): Steps<void> {
  using _guard = yield* semaphore.acquire();
  trace.add(`${name} in`);
  yield;
  trace.add(`${name} out`);
});

test("as many tasks as there are permits hold it at once, the others in their order", () => {
  onLoop(function* ({ trace }) {
    const semaphore = new Semaphore(2);
    yield* gather(["a", "b", "c", "d"].map((name) => worker(semaphore, trace, name)));
    trace.assertIs(["a in", "b in", "a out", "b out", "c in", "d in", "c out", "d out"]);
    assert.equal(semaphore.statistics().value, 2);
  });
});

test("acquiring while a permit is free does not suspend", () => {
  onLoop(function* ({ loop, trace }) {
    const semaphore = new Semaphore(2);
    loop.callSoon(trace.adder("next iteration"));
    yield* semaphore.acquire();
    yield* semaphore.acquire();
    trace.add("acquired twice");
    assert.equal(semaphore.locked(), true);
    yield;
    trace.assertIs(["acquired twice", "next iteration"]);
  });
});

test("release gives the permit to the first waiter at once", () => {
  onLoop(function* ({ trace }) {
    const semaphore = new Semaphore();
    yield* semaphore.acquire();
    const waiting = createTask(worker(semaphore, trace, "waiter"));
    yield;
    semaphore.release();
    assert.deepEqual(semaphore.statistics(), { value: 0, locked: true, tasksWaiting: 1 });
    yield* waiting;
    assert.equal(semaphore.locked(), false);
  });
});

test("who asks while another waits goes to the end of the line, even when permits are free", () => {
  onLoop(function* ({ trace }) {
    const semaphore = new Semaphore(0);
    const first = createTask(worker(semaphore, trace, "first"));
    yield;
    semaphore.release();
    semaphore.release();
    assert.equal(semaphore.locked(), true);
    yield* worker(semaphore, trace, "second");
    yield* first;
    trace.assertIs(["first in", "second in", "first out", "second out"]);
    assert.equal(semaphore.statistics().value, 2);
  });
});

test("a waiter that is cancelled after it was given a permit gives it to the next one", () => {
  onLoop(function* ({ trace }) {
    const semaphore = new Semaphore(0);
    const first = createTask(worker(semaphore, trace, "first"));
    const second = createTask(worker(semaphore, trace, "second"));
    yield;
    semaphore.release();
    first.cancel();
    yield* second;
    assert.equal(first.cancelled(), true);
    trace.assertIs(["second in", "second out"]);
    assert.equal(semaphore.statistics().value, 1);
  });
});

test("release without a waiter adds a permit, also beyond the first value", () => {
  onLoop(function* () {
    const semaphore = new Semaphore(1);
    semaphore.release();
    yield* semaphore.acquire();
    yield* semaphore.acquire();
    assert.equal(semaphore.locked(), true);
  });
});

test("a bounded semaphore refuses a release too many with a ValueError, and still works", () => {
  onLoop(function* ({ trace }) {
    const semaphore = new BoundedSemaphore(2);
    assert.throws(() => semaphore.release(), { name: "ValueError", message: /^BoundedSemaphore released too many/ });
    yield* gather(["a", "b", "c"].map((name) => worker(semaphore, trace, name)));
    assert.throws(() => semaphore.release(), { name: "ValueError" });
    assert.equal(semaphore.statistics().value, 2);
  });
});

for (const Kind of [Semaphore, BoundedSemaphore]) {
  test(`${Kind.name} refuses what is no number of permits`, () => {
    assert.throws(() => new Kind(-1), {
      name: "ValueError",
      message: `${Kind.name}'s value is the number of permits, 0 or more; got -1`,
    });
    for (const value of ["2", 1.5, NaN, Infinity, null, {}]) {
      assert.throws(() => new Kind(value as number), { name: "TypeError", message: /must be an integer, got/ });
    }
  });
}

test("a bounded semaphore is a semaphore", () => {
  assert.ok(new BoundedSemaphore() instanceof Semaphore);
});

test("a semaphore's statistics are frozen, and toString shows them as asyncio does", () => {
  onLoop(function* () {
    const semaphore = new Semaphore(1);
    assert.ok(Object.isFrozen(semaphore.statistics()));
    const guard = yield* semaphore.acquire();
    const waiting = createTask(semaphore.acquire());
    yield;
    assert.equal(String(semaphore), "<Semaphore [locked, waiters:1]>");
    guard.release();
    (yield* waiting).release();
    assert.equal(String(semaphore), "<Semaphore [unlocked, value:1]>");
  });
});
