// Tasks on an AbortSignal that outlives them.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import {
  CancelledError,
  createTask,
  ensureFuture,
  run,
  Runner,
  sleep,
  wait,
  type Future,
} from "../../bindings/index.js";
import { deferred } from "../support/deferred.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop } from "../support/onLoop.js";

const listeners = (signal: AbortSignal): number => getEventListeners(signal, "abort").length;

const ENDS = {
  success: () => createTask(sleep(0)),
  failure: () =>
    createTask(function* () {
      yield;
      throw new RangeError("failed");
    }),
};

test("ten thousand tasks on one signal have one listener while they run, and none when they are done", async () => {
  await onHostLoop(function* () {
    const { signal } = new AbortController();
    const tasks = Array.from({ length: 10_000 }, () => createTask(sleep(0), { signal }));
    assert.equal(listeners(signal), 1);
    for (const task of tasks) yield* task;
    yield;
    assert.equal(listeners(signal), 0);
  });
});

test("ten thousand tasks one after the other leave no listener either", async () => {
  await onHostLoop(function* () {
    const { signal } = new AbortController();
    for (let i = 0; i < 10_000; i++) yield* createTask(sleep(0), { signal });
    yield;
    assert.equal(listeners(signal), 0);
  });
});

for (const [name, make] of Object.entries(ENDS)) {
  test(`the listener goes after ${name}`, async () => {
    await onHostLoop(function* () {
      const { signal } = new AbortController();
      const future = ensureFuture(make() as Future<unknown>, { signal });
      yield* wait([future]);
      yield;
      assert.equal(listeners(signal), 0);
      if (name === "failure") assert.ok(future.exception() instanceof RangeError);
    });
  });
}

test("the listener goes when the task is cancelled otherwise", async () => {
  await onHostLoop(function* () {
    const { signal } = new AbortController();
    const task = createTask(sleep(1000), { signal });
    yield;
    task.cancel();
    yield* failureOf(task);
    yield;
    assert.equal(listeners(signal), 0);
  });
});

test("an abort cancels all of them, with its reason as cause, and takes the listener away", async () => {
  await onHostLoop(function* () {
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new RangeError("enough");
    const tasks = Array.from({ length: 100 }, () => createTask(sleep(1000), { signal }));
    yield;
    controller.abort(reason);
    for (const task of tasks) {
      const error = yield* failureOf(task);
      assert.ok(error instanceof CancelledError);
      assert.equal(error.cause, reason);
    }
    assert.equal(listeners(signal), 0);
  });
});

test("a signal that has aborted already cancels at once and gets no listener", async () => {
  await onHostLoop(function* () {
    const signal = AbortSignal.abort("before");
    const error = yield* failureOf(createTask(sleep(1000), { signal }));
    assert.equal((error as CancelledError).cause, "before");
    assert.equal(listeners(signal), 0);
  });
});

test("native async functions and foreign promises leave none", async () => {
  await onHostLoop(function* () {
    const { signal } = new AbortController();
    yield* createTask(async () => await null, { signal });
    yield* ensureFuture(Promise.resolve(1), { signal });
    const { promise } = deferred<void>();
    const waiting = ensureFuture(promise, { signal });
    waiting.cancel();
    yield;
    assert.equal(listeners(signal), 0);
  });
});

test("run and Runner.run leave none, and an abort ends them with its reason as cause", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  await run(() => sleep(0), { signal });
  const runner = new Runner();
  await runner.run(() => sleep(0), { signal });
  assert.equal(listeners(signal), 0);
  setImmediate(() => controller.abort("stop"));
  await assert.rejects(
    runner.run(() => sleep(10_000), { signal }),
    (error) => {
      assert.ok(error instanceof CancelledError);
      assert.equal(error.cause, "stop");
      return true;
    },
  );
  assert.equal(listeners(signal), 0);
  await runner.close();
});
