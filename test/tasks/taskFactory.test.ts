// Who makes the tasks of createTask.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  copyContext,
  coroutine,
  createEagerTaskFactory,
  createTask,
  currentTask,
  eagerTaskFactory,
  ensureFuture,
  EventLoop,
  gather,
  isCoroutine,
  run,
  sleep,
  Task,
  taskGroup,
  type CoroutineLike,
  type EagerTaskOptions,
  type TaskFactory,
  type TaskOptions,
} from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import { onLoop } from "../support/onLoop.js";

class NamedTask<T> extends Task<T> {
  readonly isOurs = true;
}

/** A factory of NamedTasks that keeps what it was given. */
function spyFactory(): { factory: TaskFactory; calls: { loop: EventLoop; coro: unknown; options: TaskOptions }[] } {
  const calls: { loop: EventLoop; coro: unknown; options: TaskOptions }[] = [];
  const factory: TaskFactory = (loop, coro, options) => {
    calls.push({ loop, coro, options });
    return new NamedTask(coro, { ...options, loop });
  };
  return { factory, calls };
}

const hello = coroutine(function* () {
  return "hello";
});

test("a loop has no factory of its own to begin with, and forgets one for null", () => {
  const loop = new EventLoop();
  assert.equal(loop.getTaskFactory(), null);
  const { factory } = spyFactory();
  loop.setTaskFactory(factory);
  assert.equal(loop.getTaskFactory(), factory);
  loop.setTaskFactory(null);
  assert.equal(loop.getTaskFactory(), null);
  loop.close();
});

test("a factory makes every task, with the loop, the coroutine and the options of the call", () => {
  onLoop(function* ({ loop }) {
    const { factory, calls } = spyFactory();
    loop.setTaskFactory(factory);
    const context = copyContext();
    const made = hello();
    const task = createTask(made, { name: "named", context, eagerStart: false });
    assert.ok(task instanceof NamedTask);
    assert.equal(yield* task, "hello");
    assert.deepEqual(calls, [{ loop, coro: made, options: { name: "named", context, eagerStart: false } }]);
    yield* loop.createTask(hello());
    assert.deepEqual(calls[1]!.options, {});
  });
});

test("gather, ensureFuture, task groups and the main task of a run go through the factory", async () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  const { factory, calls } = spyFactory();
  loop.setTaskFactory(factory);
  const counts: number[] = [];
  await run(
    function* () {
      counts.push(calls.length);
      yield* gather([hello(), hello()]);
      counts.push(calls.length);
      yield* ensureFuture(hello());
      counts.push(calls.length);
      yield* taskGroup(function* (group) {
        group.createTask(hello(), { name: "child" });
      });
      counts.push(calls.length);
    },
    { loopFactory: () => loop, name: "main" },
  );
  assert.deepEqual(counts, [1, 3, 4, 5]);
  assert.equal(calls[0]!.options.name, "main");
  assert.equal(calls[4]!.options.name, "child");
});

test("a function reaches the factory as a coroutine and is called in the first step all the same", () => {
  onLoop(function* ({ loop, trace }) {
    const { factory, calls } = spyFactory();
    loop.setTaskFactory(factory);
    const task = createTask((self) => {
      trace.add("called");
      assert.equal(self, currentTask());
      return "plain";
    });
    assert.ok(isCoroutine(calls[0]!.coro));
    trace.assertIs([]);
    assert.equal(yield* task, "plain");
    assert.equal(
      yield* createTask(function* () {
        return yield* sleep(1, "generator");
      }),
      "generator",
    );
    assert.equal(yield* createTask(() => hello()), "hello");
  });
});

test("async functions and promises reach the factory as something that a Task can drive", async () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  const { factory } = spyFactory();
  await run(
    function* () {
      loop.setTaskFactory(factory);
      const native = createTask(async (task) => {
        await null;
        return task instanceof NamedTask;
      });
      assert.equal(yield* native, true);
      assert.equal(yield* createTask(Promise.resolve("promise")), "promise");
    },
    { loopFactory: () => loop },
  );
});

test("a function whose task is cancelled before its first step is never called, with a factory too", () => {
  onLoop(function* ({ loop, trace }) {
    loop.setTaskFactory(spyFactory().factory);
    const task = createTask(trace.adder("called"));
    task.cancel();
    yield;
    assert.equal(task.cancelled(), true);
    trace.assertIs([]);
  });
});

test("what a factory throws comes out of createTask", () => {
  onLoop(function* ({ loop }) {
    loop.setTaskFactory(() => {
      throw new RangeError("no task today");
    });
    const made = hello();
    assert.throws(() => createTask(made), { name: "RangeError", message: "no task today" });
    loop.setTaskFactory(null);
    assert.equal(yield* made, "hello");
  });
});

for (const [value, quoted] of [
  [undefined, "undefined"],
  ["eager", '"eager"'],
  [{}, "an object of class Object"],
] as const) {
  test(`setTaskFactory refuses ${quoted} and keeps the factory it has`, () => {
    const loop = new EventLoop();
    loop.setTaskFactory(eagerTaskFactory);
    assert.throws(() => loop.setTaskFactory(value as never), {
      name: "TypeError",
      message: `setTaskFactory expects a function or null, got ${quoted}`,
    });
    assert.equal(loop.getTaskFactory(), eagerTaskFactory);
    loop.close();
  });
}

for (const [value, quoted] of [
  [5, "5"],
  [null, "null"],
  [{}, "an object of class Object"],
] as const) {
  test(`createTask of ${quoted} is a TypeError with and without a factory`, () => {
    onLoop(function* ({ loop }) {
      assert.throws(() => createTask(value as never), { name: "TypeError", message: new RegExp(`got ${quoted}$`) });
      loop.setTaskFactory(eagerTaskFactory);
      assert.throws(() => createTask(value as never), { name: "TypeError", message: new RegExp(`got ${quoted}$`) });
      yield;
    });
  });
}

test("createTask of a closed loop does not ask the factory", () => {
  const loop = new EventLoop();
  const { factory, calls } = spyFactory();
  loop.setTaskFactory(factory);
  loop.close();
  assert.throws(() => loop.createTask(() => {}), { name: "RuntimeError", message: /^Event loop is closed/ });
  assert.equal(calls.length, 0);
});

test("eagerTaskFactory starts every task at the call, unless the call says otherwise", () => {
  onLoop(function* ({ loop, trace }) {
    loop.setTaskFactory(eagerTaskFactory);
    const first = createTask(trace.adder("eager"));
    const second = createTask(trace.adder("not eager"), { eagerStart: false });
    trace.add("created");
    assert.deepEqual([first.done(), second.done()], [true, false]);
    yield* second;
    trace.assertIs(["eager", "created", "not eager"]);
  });
});

test("createEagerTaskFactory calls the constructor with the loop, eagerStart and the options", () => {
  onLoop(function* ({ loop }) {
    const seen: EagerTaskOptions[] = [];
    const factory = createEagerTaskFactory(<T>(coro: CoroutineLike<T>, options: EagerTaskOptions): Task<T> => {
      seen.push(options);
      return new NamedTask(coro, options);
    });
    loop.setTaskFactory(factory);
    const context = copyContext();
    const eager = createTask(hello(), { name: "eager", context });
    const lazy = createTask(hello(), { eagerStart: false });
    assert.ok(eager instanceof NamedTask && eager.done());
    assert.equal(lazy.done(), false);
    assert.deepEqual(seen, [
      { loop, eagerStart: true, name: "eager", context },
      { loop, eagerStart: false },
    ]);
    yield* lazy;
  });
});

test("createEagerTaskFactory refuses what can not be called", () => {
  assert.throws(() => createEagerTaskFactory(5 as never), {
    name: "TypeError",
    message: "createEagerTaskFactory expects a function to call, got 5",
  });
});
