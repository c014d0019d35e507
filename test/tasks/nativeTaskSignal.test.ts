// A task's signal over its life.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CancelledError,
  createTask,
  currentTask,
  ensureFuture,
  isCancelled,
  sleep,
  taskGroup,
  timeout,
  TimeoutError,
  type Task,
} from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop } from "../support/onLoop.js";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("a task that never reads its signal makes none", async () => {
  const own = globalThis.AbortController;
  let made = 0;
  globalThis.AbortController = class extends own {
    constructor() {
      super();
      made++;
    }
  };
  try {
    await onHostLoop(function* () {
      const silent = createTask(async () => await turn());
      yield;
      silent.cancel();
      yield* silent;
      assert.equal(made, 0);
      const reading = createTask(async ({ signal }) => signal.aborted);
      assert.equal(yield* reading, false);
      assert.equal(made, 1);
    });
  } finally {
    globalThis.AbortController = own;
  }
});

test("after a timeout that was handled the task's signal is a fresh one", async () => {
  await onHostLoop(function* () {
    const task = currentTask()!;
    const before = task.signal;
    assert.ok((yield* failureOf(timeout(5, () => sleep(1000)))) instanceof TimeoutError);
    assert.equal(before.aborted, true);
    assert.ok(before.reason instanceof CancelledError);
    const after = task.signal;
    assert.notEqual(after, before);
    assert.equal(after.aborted, false);
    assert.equal(task.signal, after);
  });
});

test("after a group that cancelled its parent for a failure the signal is a fresh one", async () => {
  await onHostLoop(function* () {
    const task = currentTask()!;
    const before = task.signal;
    const failing = taskGroup(function* (group) {
      group.createTask(function* () {
        yield;
        throw new RangeError("child");
      });
      yield* sleep(1000);
    });
    yield* failureOf(failing);
    assert.equal(before.aborted, true);
    assert.equal(task.signal.aborted, false);
  });
});

test("what a native function passes its fresh signal to is cancelled by the next request alone", async () => {
  await onHostLoop(function* ({ trace }) {
    const task: Task<void> = createTask(async (self) => {
      try {
        await ensureFuture(sleep(1000), { signal: self.signal });
      } catch (error) {
        trace.add(isCancelled(error) ? "first" : "failed");
        self.uncancel();
      }
      assert.equal(self.signal.aborted, false);
      await ensureFuture(sleep(1000), { signal: self.signal });
    });
    yield* sleep(1);
    task.cancel();
    yield* sleep(1);
    task.cancel();
    assert.ok((yield* failureOf(task)) instanceof CancelledError);
    trace.assertIs(["first"]);
  });
});
