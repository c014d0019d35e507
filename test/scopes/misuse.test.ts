import assert from "node:assert/strict";
import { test } from "node:test";
import {
  coroutine,
  createTask,
  RuntimeError,
  sleep,
  TaskGroup,
  taskGroup,
  Timeout,
  timeout,
  timeoutAt,
} from "../../bindings/index.js";
import { onLoop, withLoop } from "../support/onLoop.js";

for (const scope of [timeout, timeoutAt]) {
  test(`${scope.name} refuses what is no time, and quotes it`, () => {
    for (const value of [NaN, Infinity, -Infinity, "10", undefined, {}, 10n]) {
      assert.throws(() => scope(value as number, () => {}), {
        name: "TypeError",
        message: new RegExp(`^${scope.name} expects a finite number of milliseconds, or null for none, got `),
      });
    }
    assert.throws(() => scope("10" as never, () => {}), /got "10"$/);
  });
}

test("reschedule refuses what is no time, and the deadline stays", () => {
  onLoop(function* () {
    yield* timeout(10, (scope: Timeout) => {
      for (const value of [NaN, Infinity, "10", undefined]) {
        assert.throws(() => scope.reschedule(value as number), { name: "TypeError", message: /^reschedule expects/ });
      }
      assert.equal(scope.when(), 10);
    });
  });
});

test("only an active timeout can be rescheduled", () => {
  onLoop(function* () {
    let scope: Timeout | undefined;
    yield* timeout(10, (inner: Timeout) => (scope = inner));
    assert.throws(() => scope!.reschedule(20), { name: "RuntimeError", message: /the finished Timeout/ });
    const task = createTask(
      timeout(10, function* (inner) {
        scope = inner;
        try {
          yield* sleep(1000);
        } finally {
          assert.throws(() => inner.reschedule(20), /the expiring Timeout/);
        }
      }),
    );
    yield* sleep(20);
    assert.equal((task.exception() as Error).name, "TimeoutError");
    assert.throws(() => scope!.reschedule(20), /the expired Timeout/);
    assert.throws(() => new Timeout(10).reschedule(20), /has not been entered/);
  });
});

test("a Timeout and a TaskGroup are entered once", () => {
  onLoop(function* () {
    const scope = new Timeout(null);
    scope._enter();
    assert.throws(() => scope._enter(), { name: "RuntimeError", message: /already been entered/ });
    scope._exit(false);
    assert.throws(() => scope._enter(), RuntimeError);
    const group = new TaskGroup();
    group._enter();
    assert.throws(() => group._enter(), {
      name: "RuntimeError",
      message: /<TaskGroup entered> has already been entered/,
    });
    yield* group._exit(false);
    assert.throws(() => group._enter(), RuntimeError);
  });
});

test("a scope can not be entered outside of a task", () => {
  assert.throws(() => new Timeout(null)._enter(), { name: "RuntimeError", message: /outside of a task/ });
  assert.throws(() => new TaskGroup()._enter(), { name: "RuntimeError", message: /outside of a task/ });
  assert.throws(() => new Timeout(null).signal, { name: "RuntimeError", message: /once it has been entered/ });
  assert.throws(() => new TaskGroup().signal, { name: "RuntimeError", message: /once it has been entered/ });
});

const idle = coroutine(function* () {
  yield* sleep(1);
});

test("a group that is finished takes no task, and closes the coroutine", () => {
  onLoop(function* () {
    let group: TaskGroup | undefined;
    yield* taskGroup((inner: TaskGroup) => (group = inner));
    const refused = idle();
    assert.throws(() => group!.createTask(refused), {
      name: "RuntimeError",
      message: /can take no task: it is finished/,
    });
    assert.throws(() => createTask(refused), RuntimeError);
    const steps = (function* () {
      yield* sleep(1);
    })();
    assert.throws(() => group!.createTask(steps), RuntimeError);
    assert.deepEqual(steps.next(), { value: undefined, done: true });
  });
});

test("in debug mode a coroutine that a group refused does not count as never awaited", async () => {
  await withLoop(async (stage) => {
    const { loop } = stage;
    loop.setDebug(true);
    await loop.runUntilComplete(
      (function* () {
        assert.throws(() => new TaskGroup().createTask(idle()), RuntimeError);
        yield;
      })(),
    );
    loop.close();
    assert.deepEqual(stage.takeReports(), []);
  });
});

test("a group that shuts down, or has not been entered, takes no task", () => {
  onLoop(function* () {
    yield* taskGroup(function* (group) {
      group.createTask(sleep(1000));
      group.cancel();
      assert.throws(() => group.createTask(idle()), { name: "RuntimeError", message: /it is shutting down/ });
      yield;
    });
    assert.throws(() => new TaskGroup().createTask(idle()), /it has not been entered/);
  });
});

test("a coroutine that another task drives is not closed by a group that refuses it", () => {
  onLoop(function* () {
    const driven = idle();
    const task = createTask(driven);
    yield;
    assert.throws(() => new TaskGroup().createTask(driven), RuntimeError);
    yield* task;
  });
});

test("a group refuses what can not be a task, and goes on", () => {
  onLoop(function* ({ loop }) {
    yield* taskGroup((group: TaskGroup) => {
      assert.throws(() => group.createTask(3 as never), { name: "TypeError", message: /got 3/ });
      assert.throws(() => group.createTask(loop.createFuture()), { name: "TypeError", message: /runs already/ });
      assert.equal(String(group), "<TaskGroup entered>");
    });
  });
});
