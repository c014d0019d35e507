import assert from "node:assert/strict";
import { test } from "node:test";
import { coroutine, createTask, Event, gather, sleep, type Steps } from "../../bindings/index.js";
import { runVirtual } from "../../bindings/testing.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";
import type { Trace } from "../support/trace.js";

const waiter = coroutine(function* (event: Event, trace: Trace, name: string): Steps<void> {
  assert.equal(yield* event.wait(), true);
  trace.add(name);
});

test("waiting for an event that is set does not suspend", () => {
  onLoop(function* ({ loop, trace }) {
    const event = new Event();
    event.set();
    loop.callSoon(trace.adder("next iteration"));
    yield* waiter(event, trace, "waited");
    yield;
    trace.assertIs(["waited", "next iteration"]);
  });
});

test("set wakes every task that waits, in the order of their coming", () => {
  onLoop(function* ({ trace }) {
    const event = new Event();
    const waiting = gather(["a", "b", "c"].map((name) => waiter(event, trace, name)));
    yield;
    trace.add("set");
    event.set();
    assert.equal(event.isSet(), true);
    yield* waiting;
    trace.assertIs(["set", "a", "b", "c"]);
  });
});

test("a task that was woken returns even if the event is cleared before it runs", () => {
  onLoop(function* ({ trace }) {
    const event = new Event();
    const woken = createTask(waiter(event, trace, "woken"));
    yield;
    event.set();
    event.clear();
    const late = createTask(waiter(event, trace, "late"));
    yield* woken;
    yield;
    assert.equal(event.isSet(), false);
    assert.equal(late.done(), false);
    event.set();
    yield* late;
    trace.assertIs(["woken", "late"]);
  });
});

test("setting an event that is set wakes nobody, clearing one that is not changes nothing", () => {
  onLoop(function* () {
    const event = new Event();
    event.clear();
    event.set();
    event.set();
    assert.deepEqual(event.statistics(), { isSet: true, tasksWaiting: 0 });
    yield;
  });
});

test("a cancelled waiter leaves, the others are woken", () => {
  onLoop(function* ({ trace }) {
    const event = new Event();
    const [a, b] = ["a", "b"].map((name) => createTask(waiter(event, trace, name)));
    yield;
    a!.cancel();
    event.set();
    yield* b!;
    assert.equal(a!.cancelled(), true);
    trace.assertIs(["b"]);
  });
});

test("a waiter that is cancelled after it was woken ends cancelled", () => {
  onLoop(function* ({ trace }) {
    const event = new Event();
    const task = createTask(waiter(event, trace, "returned"));
    yield;
    event.set();
    task.cancel("too late to wait");
    yield;
    assert.throws(() => task.result(), { name: "CancelledError", message: "too late to wait" });
    trace.assertIs([]);
  });
});

test("an event can be set from a callback, and by a native async function", async () => {
  await onHostLoop(async () => {
    const [first, second] = [new Event(), new Event()];
    const waiting = createTask(function* () {
      yield* first.wait();
      second.set();
    });
    waiting.getLoop().callLater(5, () => first.set());
    assert.equal(await second.wait(), true);
    await waiting;
  });
});

test("an event's statistics are frozen, and toString shows them as asyncio does", () => {
  onLoop(function* () {
    const event = new Event();
    const waiting = [event.wait(), event.wait()].map((wait) => createTask(wait));
    yield;
    assert.equal(String(event), "<Event [unset, waiters:2]>");
    assert.deepEqual(event.statistics(), { isSet: false, tasksWaiting: 2 });
    assert.ok(Object.isFrozen(event.statistics()));
    waiting[0]!.cancel();
    event.set();
    yield* waiting[1]!;
    assert.equal(String(event), "<Event [set]>");
  });
});

test("a deadlock names the primitive that is waited for", () => {
  assert.throws(
    () =>
      runVirtual(function* () {
        yield* sleep(1);
        yield* new Event().wait();
      }),
    { name: "DeadlockError", message: /waits for <wait\(\) of <Event \[unset, waiters:1\]> pending>/ },
  );
});
