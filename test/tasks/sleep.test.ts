import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, gather, sleep } from "../../bindings/index.js";
import { leakReport } from "../../bindings/testing.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

test("sleep waits its delay and gives its result", () => {
  onLoop(function* ({ loop }) {
    assert.equal(yield* sleep(250, "result"), "result");
    assert.equal(loop.time(), 250);
    assert.equal(yield* sleep(0.5), undefined);
    assert.equal(loop.time(), 250.5);
  });
});

test("sleeps end in the order of their deadlines, equal ones in the order of their beginning", () => {
  onLoop(function* ({ trace }) {
    const nap = (delay: number, name: string) =>
      function* () {
        yield* sleep(delay);
        trace.add(name);
      };
    yield* gather([nap(20, "d")(), nap(10, "a")(), nap(15, "c")(), nap(10, "b")()]);
    trace.assertIs(["a", "b", "c", "d"]);
  });
});

test("sleep(0), a negative sleep and a bare yield are one pass through the loop each", () => {
  onLoop(function* ({ loop, trace }) {
    const ways = [() => sleep(0), () => sleep(-5), () => undefined];
    for (const way of ways) {
      let turns = 0;
      let isOver = false;
      const count = (): void => {
        turns++;
        if (!isOver) loop.callSoon(count);
      };
      loop.callSoon(count);
      yield way();
      trace.add(`${turns}`);
      isOver = true;
      yield;
    }
    trace.assertIs(["1", "1", "1"]);
    assert.equal(loop.time(), 0);
  });
});

test("sleep(0) gives its result", () => {
  onLoop(function* () {
    assert.equal(yield* sleep(0, "result"), "result");
    assert.equal(yield sleep(0, "result"), "result");
    assert.equal(yield* createTask(sleep(0, "result")), "result");
  });
});

test("a sleep begins when it is awaited, not when it is called", () => {
  onLoop(function* ({ loop }) {
    const later = sleep(10);
    yield* sleep(100);
    yield* later;
    assert.equal(loop.time(), 110);
  });
});

test("await of a sleep needs no task", async () => {
  await onHostLoop(async ({ loop }) => {
    const tasks = leakReport(loop).tasks.length;
    const promise = sleep(10, "result").then((result) => `${result}!`);
    assert.equal(leakReport(loop).tasks.length, tasks);
    assert.equal(await promise, "result!");
    assert.equal(await sleep(0, "at once"), "at once");
    assert.equal(await sleep(0), undefined);
  });
});

test("a cancelled sleep leaves no timer", () => {
  onLoop(function* ({ loop }) {
    const task = createTask(sleep(1000));
    const zero = createTask(sleep(0));
    yield;
    assert.equal(leakReport(loop).timers, 1);
    task.cancel();
    zero.cancel();
    assert.equal(leakReport(loop).timers, 0);
    yield* sleep(1);
    assert.ok(task.cancelled() && zero.cancelled());
  });
});

test("a task that is cancelled in sleep(0) can sleep(0) again", () => {
  onLoop(function* () {
    const task = createTask(function* () {
      try {
        yield* sleep(0);
      } catch {
        yield* sleep(0);
        return yield* sleep(0, "again");
      }
      return "not cancelled";
    });
    yield;
    task.cancel();
    assert.equal(yield* task, "again");
  });
});
