// Eager compiled calls as the Tasks that they are, and what passes through the loop without its driver must not change.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asyncToGenerator } from "../../bindings/async/eager.js";
import {
  allTasks,
  createTask,
  currentTask,
  EventLoop,
  getRunningLoop,
  run,
  sleep,
  taskGroup,
  type Host,
  type Steps,
  type Task,
} from "../../bindings/index.js";
import { runVirtual } from "../../bindings/testing.js";
import "../support/core.js";

type Lowered<A extends unknown[]> = (...args: A) => Task<unknown>;

function compiled<A extends unknown[]>(body: (...args: A) => Generator<unknown, unknown, unknown>): Lowered<A> {
  return asyncToGenerator(body as never) as Lowered<A>;
}

const pause = compiled(function* (times: number) {
  for (let i = 0; i < times; i++) yield null;
  return times;
});

test("a call that has suspended is among the tasks of its loop before anybody awaits it", () => {
  const body = compiled(function* () {
    const task = pause(1);
    const isListed = allTasks().has(task);
    return [isListed, task.done(), yield task, allTasks().has(task)];
  });
  assert.deepEqual(
    runVirtual(function* (): Steps<unknown> {
      return yield body();
    }),
    [true, false, 1, false],
  );
});

test("createTask adopts a call that nobody has awaited: it is named and returned itself", () => {
  runVirtual(function* (): Steps<void> {
    for (const times of [0, 1]) {
      const task = pause(times);
      assert.equal(createTask(task, { name: "adopted" }), task);
      assert.equal(task.getName(), "adopted");
      assert.throws(() => createTask(task), TypeError, "only once");
      assert.equal(yield* task, times);
    }
  });
});

test("a call that was awaited is not adopted any more", () => {
  const awaitsDone = compiled(function* () {
    const task = pause(0);
    yield task;
    assert.throws(() => createTask(task), TypeError);
  });
  const awaitsPending = compiled(function* () {
    const task = pause(2);
    yield task;
    assert.throws(() => createTask(task), TypeError);
  });
  const awaitedByAnother = compiled(function* () {
    const task = pause(3);
    const other = createTask(function* (): Steps<unknown> {
      return yield* task;
    });
    yield null;
    assert.throws(() => createTask(task), TypeError);
    const times = yield other;
    assert.throws(() => createTask(task), TypeError);
    return times === 3;
  });
  runVirtual(function* (): Steps<void> {
    yield awaitsDone();
    yield awaitsPending();
    assert.equal(yield awaitedByAnother(), true);
    const done = pause(0);
    yield* done;
    assert.throws(() => createTask(done), TypeError);
  });
});

test("a group adopts a call and waits for it", () => {
  const times = runVirtual(function* (): Steps<unknown> {
    let task: Task<unknown> | null = null;
    yield* taskGroup(function* (group): Steps<void> {
      task = group.createTask(pause(5));
      yield;
    });
    return (task as Task<unknown> | null)!.result();
  });
  assert.equal(times, 5);
});

test("a loop of awaits that never waits leaves the host its turns", async () => {
  let isOver = false;
  setImmediate(() => (isOver = true));
  const spin = compiled(function* () {
    let passes = 0;
    while (!isOver) {
      yield null;
      passes++;
    }
    return passes;
  });
  const passes = await run(function* (): Steps<unknown> {
    return yield spin();
  });
  assert.ok((passes as number) > 1000, String(passes));
});

test("a slice ends after 10,000 steps where the clock stands still, calls within them counted", async () => {
  const turns: number[] = [];
  let steps = 0;
  const host: Host = {
    now: () => 0,
    wakeSoon: (wake, macrotask) => {
      if (macrotask) turns.push(steps);
      setImmediate(wake);
    },
    wakeAt: () => {},
    cancelWake: () => {},
    logError: () => {},
  };
  const step = compiled(function* () {
    steps++;
    yield null;
  });
  const main = compiled(function* () {
    for (let i = 0; i < 30_000; i++) yield step();
  });
  await run(
    function* (): Steps<void> {
      yield main();
    },
    { loopFactory: () => new EventLoop({ host }) },
  );
  // A call takes two steps: it is resumed, and its caller is.
  assert.ok(turns.length >= 5, String(turns));
  for (const [i, turn] of turns.entries()) assert.ok(turn - (turns[i - 1] ?? 0) <= 5100, String(turns));
});

test("a stop asked for by a call ends the run after this iteration", () => {
  const order: string[] = [];
  const stops = compiled(function* () {
    yield null;
    getRunningLoop().stop();
    yield null;
    order.push("resumed");
  });
  const loop = new EventLoop();
  loop.createTask(function* (): Steps<void> {
    yield stops();
  });
  return loop.runForever().then(async () => {
    order.push("stopped");
    await loop.runUntilComplete(sleep(0));
    loop.close();
    assert.deepEqual(order, ["stopped", "resumed"]);
  });
});

test("an error thrown by a call that was awaited at once arrives in the caller as the caller's own task", () => {
  const fails = compiled(function* () {
    yield null;
    throw new Error("late");
  });
  const body = compiled(function* () {
    const self = currentTask();
    try {
      yield fails();
    } catch (error) {
      return [(error as Error).message, currentTask() === self];
    }
    return "not thrown";
  });
  assert.deepEqual(
    runVirtual(function* (): Steps<unknown> {
      return yield body();
    }),
    ["late", true],
  );
});
