// What a task can be made of, and what each does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { coroutine, createTask, currentTask, isCancelled, sleep, type Task } from "../../bindings/index.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

test("a generator function is called with the task in the task's first step, and driven", () => {
  onLoop(function* ({ trace }) {
    const task = createTask(function* (own) {
      trace.add(own === currentTask() ? "its own task" : "another task");
      yield* sleep(1);
      return "result";
    });
    trace.add("made");
    assert.equal(yield* task, "result");
    trace.assertIs(["made", "its own task"]);
  });
});

test("a coroutine function is called and its coroutine driven", () => {
  onLoop(function* () {
    const body = coroutine(function* (task: Task<unknown>) {
      yield* sleep(1);
      return task.getName();
    });
    assert.equal(yield* createTask(body, { name: "named" }), "named");
  });
});

test("a plain function's return value is the result", () => {
  onLoop(function* () {
    assert.equal(yield* createTask(() => 42), 42);
    assert.equal(yield* createTask(() => {}), undefined);
  });
});

test("a plain function that throws fails the task", () => {
  onLoop(function* () {
    const task = createTask(() => {
      throw new RangeError("thrown");
    });
    yield;
    assert.ok(task.exception() instanceof RangeError);
  });
});

test("a function that returns a Future or a Task has its outcome", () => {
  onLoop(function* ({ loop }) {
    const future = loop.createFuture<string>();
    loop.callLater(5, () => future.setResult("of the future"));
    assert.equal(yield* createTask(() => future), "of the future");
    assert.equal(yield* createTask(() => createTask(sleep(1, "of the task"))), "of the task");
  });
});

test("a function that returns a coroutine that was driven already fails the task", () => {
  onLoop(function* () {
    const driven = sleep(1);
    yield* driven;
    const task = createTask(() => driven);
    yield;
    assert.equal((task.exception() as Error).name, "RuntimeError");
  });
});

test("a native async function is called in the first step and its promise is the outcome", async () => {
  await onHostLoop(function* ({ trace }) {
    const task = createTask(async (own) => {
      trace.add(own === currentTask() ? "its own task" : "another task");
      await sleep(5);
      trace.add(String(currentTask()));
      return "result";
    });
    trace.add("made");
    assert.equal(yield* task, "result");
    trace.assertIs(["made", "its own task", "null"]);
  });
});

test("a native async function that throws fails its task", async () => {
  await onHostLoop(function* () {
    const task = createTask(async () => {
      await sleep(1);
      throw new RangeError("thrown");
    });
    try {
      yield* task;
      assert.fail("no error");
    } catch (error) {
      assert.ok(error instanceof RangeError);
    }
  });
});

test("a native async function that rejects with a CancelledError ends its task cancelled", async () => {
  await onHostLoop(function* () {
    const inner = createTask(sleep(1000));
    const task = createTask(async () => {
      await inner;
    });
    yield* sleep(1);
    inner.cancel("passed on");
    try {
      yield* task;
      assert.fail("no error");
    } catch (error) {
      assert.ok(isCancelled(error));
    }
    assert.equal(task.cancelled(), true);
  });
});

test("a cancelled native task stays pending until its function's promise settles", async () => {
  await onHostLoop(function* ({ loop }) {
    const gate = loop.createFuture<string>();
    const task = createTask(async () => await gate);
    yield* sleep(1);
    assert.equal(task.cancel(), true);
    yield* sleep(1);
    assert.equal(task.done(), false);
    gate.setResult("its own outcome");
    assert.equal(yield* task, "its own outcome");
  });
});

test("a bare generator is driven", () => {
  onLoop(function* () {
    function* steps(text: string) {
      yield* sleep(1);
      return text;
    }
    assert.equal(yield* createTask(steps("result")), "result");
    assert.equal(yield* steps("in place"), "in place");
    assert.equal(yield steps("by yield"), "by yield");
  });
});
