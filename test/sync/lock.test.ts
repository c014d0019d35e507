import assert from "node:assert/strict";
import { test } from "node:test";
import { coroutine, createTask, gather, Lock, sleep, type Steps } from "../../bindings/index.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";
import type { Trace } from "../support/trace.js";

/** Takes the lock, keeps it for one pass through the loop, and says so. */
const worker = coroutine(function* (lock: Lock, trace: Trace, name: string): Steps<void> {
  const guard = yield* lock.acquire();
  trace.add(`${name} has it`);
  yield;
  guard.release();
  trace.add(`${name} released`);
});

test("acquiring a free lock does not suspend", () => {
  onLoop(function* ({ loop, trace }) {
    const lock = new Lock();
    loop.callSoon(trace.adder("next iteration"));
    yield* lock.acquire();
    trace.add("acquired");
    assert.equal(lock.locked(), true);
    yield;
    trace.assertIs(["acquired", "next iteration"]);
  });
});

test("tasks get the lock in the order of their asking", () => {
  onLoop(function* ({ trace }) {
    const lock = new Lock();
    yield* gather(["a", "b", "c"].map((name) => worker(lock, trace, name)));
    trace.assertIs(["a has it", "a released", "b has it", "b released", "c has it", "c released"]);
    assert.equal(lock.locked(), false);
  });
});

test("a released lock is free until the first waiter runs, and nobody takes it meanwhile", () => {
  onLoop(function* ({ trace }) {
    const lock = new Lock();
    yield* lock.acquire();
    const waiting = createTask(worker(lock, trace, "waiter"));
    yield;
    lock.release();
    assert.equal(lock.locked(), false);
    const late = createTask(worker(lock, trace, "latecomer"));
    yield* worker(lock, trace, "releaser");
    yield* gather([waiting, late]);
    trace.assertIs([
      "waiter has it",
      "waiter released",
      "releaser has it",
      "releaser released",
      "latecomer has it",
      "latecomer released",
    ]);
  });
});

test("a waiter that is cancelled leaves the line, the others keep their places", () => {
  onLoop(function* ({ trace }) {
    const lock = new Lock();
    const [, b, c] = ["a", "b", "c"].map((name) => createTask(worker(lock, trace, name)));
    yield;
    assert.equal(b!.cancel(), true);
    yield* c!;
    assert.equal(b!.cancelled(), true);
    trace.assertIs(["a has it", "a released", "c has it", "c released"]);
  });
});

test("a waiter that is cancelled after it was woken wakes the next one", () => {
  onLoop(function* ({ trace }) {
    const lock = new Lock();
    const guard = yield* lock.acquire();
    const first = createTask(worker(lock, trace, "first"));
    const second = createTask(worker(lock, trace, "second"));
    yield;
    guard.release();
    first.cancel();
    yield* second;
    assert.equal(first.cancelled(), true);
    trace.assertIs(["second has it", "second released"]);
  });
});

test("the lock may be taken past waiters that are all cancelled", () => {
  onLoop(function* ({ trace }) {
    const lock = new Lock();
    const guard = yield* lock.acquire();
    const waiting = createTask(worker(lock, trace, "waiter"));
    yield;
    waiting.cancel();
    guard.release();
    yield* lock.acquire();
    trace.add("taken at once");
    lock.release();
    yield;
    trace.assertIs(["taken at once"]);
  });
});

test("a release while a cancelled waiter stands first wakes the next one when that waiter has run", () => {
  onLoop(function* ({ trace }) {
    const lock = new Lock();
    const guard = yield* lock.acquire();
    const first = createTask(worker(lock, trace, "first"));
    const second = createTask(worker(lock, trace, "second"));
    yield;
    first.cancel();
    guard.release();
    yield;
    trace.add("the cancelled one has run");
    yield* second;
    trace.assertIs(["the cancelled one has run", "second has it", "second released"]);
  });
});

test("any task may release the lock, by the lock itself", () => {
  onLoop(function* () {
    const lock = new Lock();
    yield* lock.acquire();
    yield* createTask(() => lock.release());
    assert.equal(lock.locked(), false);
  });
});

test("releasing a lock that is not locked is a RuntimeError, and the lock still works", () => {
  onLoop(function* ({ trace }) {
    const lock = new Lock();
    assert.throws(() => lock.release(), { name: "RuntimeError", message: /^Lock is not acquired/ });
    yield* worker(lock, trace, "worker");
    assert.throws(() => lock.release(), { name: "RuntimeError" });
    assert.equal(lock.locked(), false);
  });
});

test("acquire is driven once", () => {
  onLoop(function* () {
    const lock = new Lock();
    const acquire = lock.acquire();
    const guard = yield* acquire;
    yield* createTask(function* () {
      try {
        yield* acquire;
        assert.fail("driven twice");
      } catch (error) {
        assert.equal((error as Error).name, "RuntimeError");
      }
    });
    guard.release();
  });
});

test("an acquire that would have to wait outside of a task is a RuntimeError, each time", () => {
  const lock = new Lock();
  const free = lock.acquire()[Symbol.iterator]();
  assert.equal(free.next().done, true);
  const taken = lock.acquire()[Symbol.iterator]();
  assert.throws(() => taken.next(), { name: "RuntimeError", message: /outside of a task/ });
  assert.throws(() => taken.next(), { name: "RuntimeError", message: /driven once/ });
  assert.deepEqual(lock.statistics(), { locked: true, tasksWaiting: 0 });
});

test("a native async function can wait for the lock, and use the guard", async () => {
  await onHostLoop(async () => {
    const lock = new Lock();
    {
      using _guard = await lock.acquire();
      assert.equal(lock.locked(), true);
      const second = createTask(lock.acquire());
      await sleep(1);
      assert.equal(second.done(), false);
      second.cancel();
      await sleep(1);
    }
    assert.equal(lock.locked(), false);
  });
});

test("a lock that tasks have waited at can not be waited at in another loop", () => {
  const lock = new Lock();
  const contend = function* (): Steps<void> {
    using _guard = yield* lock.acquire();
    const task = createTask(lock.acquire());
    yield;
    task.cancel();
    yield;
    task.result();
  };
  assert.throws(() => onLoop(contend), { name: "CancelledError" });
  assert.throws(() => onLoop(contend), {
    name: "RuntimeError",
    message: /^<Lock \[locked\]> is bound to a different event loop/,
  });
  assert.equal(lock.locked(), false);
  onLoop(() => lock.with(() => {}) as unknown as Steps<void>);
});

test("a lock's statistics are frozen, and toString shows them as asyncio does", () => {
  onLoop(function* () {
    const lock = new Lock();
    assert.equal(String(lock), "<Lock [unlocked]>");
    assert.deepEqual(lock.statistics(), { locked: false, tasksWaiting: 0 });
    const guard = yield* lock.acquire();
    const waiting = [lock.acquire(), lock.acquire()].map((acquire) => createTask(acquire));
    yield;
    assert.equal(String(lock), "<Lock [locked, waiters:2]>");
    const statistics = lock.statistics();
    assert.deepEqual(statistics, { locked: true, tasksWaiting: 2 });
    assert.ok(Object.isFrozen(statistics));
    guard.release();
    (yield* waiting[0]!).release();
    (yield* waiting[1]!).release();
    assert.equal(String(lock), "<Lock [unlocked]>");
  });
});
