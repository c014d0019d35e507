import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, ensureFuture, EventLoop, Future, sleep, Task } from "../../bindings/index.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

test("a Future or Task comes back itself, and a coroutine as a task", () => {
  onLoop(function* ({ loop }) {
    const future = new Future<number>();
    const task = createTask(sleep(1));
    assert.equal(ensureFuture(future), future);
    assert.equal(ensureFuture(task, { loop }), task);
    const made = ensureFuture(sleep(1, "slept"), { loop });
    assert.ok(made instanceof Task);
    assert.equal(yield* made, "slept");
    yield* task;
  });
});

test("a promise becomes a Future with its outcome", async () => {
  await onHostLoop(function* () {
    assert.equal(yield* ensureFuture(Promise.resolve("settled")), "settled");
  });
});

test("a Future of another loop than the one given is a ValueError", () => {
  onLoop(function* () {
    const other = new EventLoop();
    assert.throws(() => ensureFuture(new Future(), { loop: other }), { name: "ValueError", message: /different loop/ });
    other.close();
    yield;
  });
});

test("what can not be awaited is a TypeError that quotes it", () => {
  onLoop(function* () {
    assert.throws(() => ensureFuture(3 as never), { name: "TypeError", message: /got 3$/ });
    assert.throws(() => ensureFuture(sleep as never), {
      name: "TypeError",
      message: /function sleep; call the function$/,
    });
    yield;
  });
});
