import assert from "node:assert/strict";
import { test } from "node:test";
import { allTasks, createTask, currentTask, EventLoop, sleep } from "../../bindings/index.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

test("currentTask is the task whose step is on the stack", () => {
  onLoop(function* ({ loop }) {
    const main = currentTask();
    const inner = createTask(() => [currentTask()]);
    assert.deepEqual(yield* inner, [inner]);
    assert.equal(currentTask(), main);
    assert.equal(currentTask(loop), main);
    assert.equal(currentTask(new EventLoop()), null);
  });
});

test("currentTask is null in callbacks and outside of the loop", async () => {
  assert.equal(currentTask(), null);
  await onHostLoop(async ({ loop }) => {
    assert.notEqual(currentTask(), null);
    await null;
    assert.equal(currentTask(), null);
    const inCallback = loop.createFuture<unknown>();
    loop.callSoon(() => inCallback.setResult(currentTask()));
    assert.equal(await inCallback, null);
  });
});

test("allTasks are the tasks that are not done, oldest first", () => {
  onLoop(function* ({ loop }) {
    const main = currentTask()!;
    const tasks = [30, 10, 20].map((delay) => createTask(sleep(delay)));
    assert.deepEqual([...allTasks()], [main, ...tasks]);
    yield* sleep(15);
    assert.deepEqual([...allTasks(loop)], [main, tasks[0], tasks[2]]);
    for (const task of tasks) yield* task;
    assert.deepEqual([...allTasks()], [main]);
  });
});

test("the set that allTasks gives is the caller's own", () => {
  onLoop(function* () {
    allTasks().clear();
    assert.equal(allTasks().size, 1);
    yield;
  });
});

test("the loop holds a task that nobody else holds until it is done", async () => {
  await onHostLoop(function* ({ trace }) {
    createTask(function* () {
      yield* sleep(10);
      trace.add("done");
    });
    yield* sleep(20);
    trace.assertIs(["done"]);
  });
});
