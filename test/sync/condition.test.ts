import assert from "node:assert/strict";
import { test } from "node:test";
import { Condition, coroutine, createTask, gather, Lock, sleep, type Steps } from "../../bindings/index.js";
import { onLoop } from "../support/onLoop.js";
import type { Trace } from "../support/trace.js";

const waiter = coroutine(function* (condition: Condition, trace: Trace, name: string): Steps<void> {
  yield* condition.with(function* () {
    try {
      assert.equal(yield* condition.wait(), true);
      trace.add(`${name} notified`);
    } finally {
      assert.equal(condition.locked(), true);
    }
  });
});

test("a waiter lets go of the lock, and has it again when it returns", () => {
  onLoop(function* ({ trace }) {
    const condition = new Condition();
    const task = createTask(waiter(condition, trace, "a"));
    yield;
    assert.equal(condition.locked(), false);
    yield* condition.with(() => condition.notify());
    yield* task;
    trace.assertIs(["a notified"]);
  });
});

test("notify wakes one waiter, notify(n) n of them, in the order of their coming", () => {
  onLoop(function* ({ trace }) {
    const condition = new Condition();
    const waiting = gather(["a", "b", "c", "d"].map((name) => waiter(condition, trace, name)));
    yield;
    yield* condition.with(() => condition.notify());
    yield* sleep(1);
    trace.add("two more");
    yield* condition.with(() => condition.notify(2));
    yield* sleep(1);
    trace.add("all");
    yield* condition.with(() => condition.notify(10));
    yield* waiting;
    trace.assertIs(["a notified", "two more", "b notified", "c notified", "all", "d notified"]);
  });
});

test("notifyAll wakes all; each returns when it has the lock", () => {
  onLoop(function* ({ trace }) {
    const condition = new Condition();
    const waiting = gather(["a", "b", "c"].map((name) => waiter(condition, trace, name)));
    yield;
    yield* condition.with(function* () {
      condition.notifyAll();
      yield;
      trace.add("still held");
    });
    yield* waiting;
    trace.assertIs(["still held", "a notified", "b notified", "c notified"]);
  });
});

test("notify(0) and a negative count wake nobody", () => {
  onLoop(function* ({ trace }) {
    const condition = new Condition();
    const task = createTask(waiter(condition, trace, "a"));
    yield;
    yield* condition.with(() => {
      condition.notify(0);
      condition.notify(-3);
    });
    yield* sleep(1);
    assert.equal(condition.statistics().tasksWaiting, 1);
    task.cancel();
    yield* sleep(1);
    trace.assertIs([]);
  });
});

test("a notification whose waiter is cancelled goes to the next one", () => {
  onLoop(function* ({ trace }) {
    const condition = new Condition();
    const [a, b] = ["a", "b"].map((name) => createTask(waiter(condition, trace, name)));
    yield;
    yield* condition.with(() => condition.notify());
    a!.cancel();
    yield* b!;
    assert.equal(a!.cancelled(), true);
    trace.assertIs(["b notified"]);
  });
});

test("a cancelled waiter waits for the lock before CancelledError is raised, and the last cancellation counts", () => {
  onLoop(function* ({ trace }) {
    const condition = new Condition();
    const task = createTask(waiter(condition, trace, "a"));
    yield;
    const guard = yield* condition.acquire();
    task.cancel("first");
    yield* sleep(1);
    assert.equal(task.done(), false);
    task.cancel("second");
    yield* sleep(1);
    assert.equal(task.done(), false);
    guard.release();
    yield* sleep(1);
    assert.throws(() => task.result(), { name: "CancelledError", message: "second" });
    assert.equal(condition.locked(), false);
  });
});

test("waitFor gives the value of the predicate, which is asked again after each notification", () => {
  onLoop(function* ({ trace }) {
    const condition = new Condition();
    const items: string[] = [];
    const task = createTask(() =>
      condition.with(() =>
        condition.waitFor(() => {
          trace.add(`asked with ${items.length}`);
          return items.length === 2 && items.join();
        }),
      ),
    );
    yield;
    for (const item of ["x", "y"]) {
      yield* condition.with(() => {
        items.push(item);
        condition.notifyAll();
      });
      yield* sleep(1);
    }
    const result: string | false = yield* task;
    assert.equal(result, "x,y");
    trace.assertIs(["asked with 0", "asked with 1", "asked with 2"]);
  });
});

test("waitFor does not suspend when the predicate holds", () => {
  onLoop(function* ({ loop, trace }) {
    const condition = new Condition();
    yield* condition.acquire();
    loop.callSoon(trace.adder("next iteration"));
    assert.equal(yield* condition.waitFor(() => 7), 7);
    trace.add("held");
    condition.release();
    yield;
    trace.assertIs(["held", "next iteration"]);
  });
});

test("an error of the predicate comes out of waitFor, with the lock held", () => {
  onLoop(function* () {
    const condition = new Condition();
    const task = createTask(() =>
      condition.with(() =>
        condition.waitFor(() => {
          throw new RangeError("from the predicate");
        }),
      ),
    );
    yield;
    assert.throws(() => task.result(), RangeError);
    assert.equal(condition.locked(), false);
  });
});

test("conditions may share a lock", () => {
  onLoop(function* ({ trace }) {
    const lock = new Lock();
    const [full, empty] = [new Condition(lock), new Condition(lock)];
    const waiting = createTask(waiter(full, trace, "full"));
    yield;
    yield* empty.with(() => {
      assert.equal(full.locked(), true);
      empty.notifyAll();
      full.notify();
    });
    yield* waiting;
    trace.assertIs(["full notified"]);
  });
});

test("wait and notify need the lock: RuntimeError, and the condition still works", () => {
  onLoop(function* ({ trace }) {
    const condition = new Condition();
    assert.throws(() => condition.notify(), { name: "RuntimeError", message: /^cannot notify on un-acquired lock/ });
    assert.throws(() => condition.notifyAll(), { name: "RuntimeError" });
    assert.throws(() => condition.release(), { name: "RuntimeError" });
    const failing = createTask(condition.wait());
    yield;
    assert.throws(() => failing.result(), { name: "RuntimeError", message: /^cannot wait on un-acquired lock/ });
    const task = createTask(waiter(condition, trace, "a"));
    yield;
    yield* condition.with(() => condition.notify());
    yield* task;
    trace.assertIs(["a notified"]);
  });
});

test("a condition refuses what is no lock, no predicate, no count", () => {
  onLoop(function* () {
    assert.throws(() => new Condition({} as Lock), { name: "TypeError", message: /^Condition expects a Lock, got/ });
    const condition = new Condition();
    assert.throws(() => condition.waitFor(5 as never), { name: "TypeError", message: /^waitFor expects a function/ });
    yield* condition.with(() => {
      for (const count of ["1", 1.5, NaN]) {
        assert.throws(() => condition.notify(count as number), { name: "TypeError", message: /must be an integer/ });
      }
    });
  });
});

test("a condition's statistics are frozen, and toString shows them as asyncio does", () => {
  onLoop(function* ({ trace }) {
    const condition = new Condition();
    const task = createTask(waiter(condition, trace, "a"));
    yield;
    assert.equal(String(condition), "<Condition [unlocked, waiters:1]>");
    const statistics = condition.statistics();
    assert.deepEqual(statistics, { tasksWaiting: 1, lock: { locked: false, tasksWaiting: 0 } });
    assert.ok(Object.isFrozen(statistics) && Object.isFrozen(statistics.lock));
    yield* condition.with(() => {
      assert.equal(String(condition), "<Condition [locked, waiters:1]>");
      condition.notify();
    });
    yield* task;
  });
});
