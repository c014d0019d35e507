// Tasks of native async functions: the engine runs them, so cancelling one is a request.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CancelledError,
  createTask,
  currentTask,
  ensureFuture,
  gather,
  isCancelled,
  sleep,
  type Task,
} from "../../bindings/index.js";
import { deferred } from "../support/deferred.js";
import { onHostLoop } from "../support/onLoop.js";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("the task's outcome is the function's", async () => {
  await onHostLoop(function* () {
    const good = createTask(async () => {
      await turn();
      return "result";
    });
    const bad = createTask(async () => {
      await turn();
      throw new RangeError("failed");
    });
    assert.equal(yield* good, "result");
    yield* sleep(1);
    assert.ok(bad.exception() instanceof RangeError);
  });
});

test("the function is called in the task's first step, with the task, which is the current one until it awaits", async () => {
  await onHostLoop(function* ({ trace }) {
    const task: Task<void> = createTask(async (self) => {
      trace.add("called");
      assert.equal(self, task);
      assert.equal(currentTask(), self);
      await null;
      assert.equal(currentTask(), null);
    });
    trace.add("created");
    yield* task;
    trace.assertIs(["created", "called"]);
  });
});

test("a task cancelled before its first step never calls the function", async () => {
  await onHostLoop(function* ({ trace }) {
    const task = createTask(async () => trace.add("called"));
    task.cancel();
    yield;
    assert.equal(task.cancelled(), true);
    trace.assertIs([]);
  });
});

test("cancel aborts the task's signal in the same call and returns true; the task stays pending", async () => {
  await onHostLoop(function* () {
    const { promise, resolve } = deferred<string>();
    const task = createTask(() => promise);
    yield;
    const { signal } = task;
    assert.equal(signal.aborted, false);
    assert.equal(task.cancel("please"), true);
    assert.equal(signal.aborted, true);
    assert.ok(isCancelled(signal.reason) && signal.reason.msg === "please");
    for (let i = 0; i < 5; i++) yield;
    assert.equal(task.done(), false);
    resolve("finished all the same");
    assert.equal(yield* task, "finished all the same");
    assert.equal(task.cancelled(), false);
  });
});

test("a task that rejects with its signal's reason is cancelled, with that very error", async () => {
  await onHostLoop(function* () {
    const task = createTask(async (self) => {
      const { promise, reject } = deferred<never>();
      self.signal.addEventListener("abort", () => reject(self.signal.reason));
      await promise;
    });
    yield;
    const { signal } = task;
    task.cancel("please");
    try {
      yield* task;
      assert.fail("not cancelled");
    } catch (error) {
      assert.equal(error, signal.reason);
    }
    assert.equal(task.cancelled(), true);
  });
});

test("a signal that is passed on to what the function awaits cancels it", async () => {
  await onHostLoop(function* ({ loop }) {
    const task = createTask(async (self) => {
      await ensureFuture(sleep(10_000), { signal: self.signal });
    });
    yield* sleep(1);
    task.cancel();
    yield* gather([task], { returnExceptions: true });
    assert.equal(task.cancelled(), true);
    assert.equal(loop.time(), 1);
  });
});

test("after a cancel request an AbortError counts as cancelled, with the request's message", async () => {
  await onHostLoop(function* () {
    const task = createTask(async (self) => {
      const { promise, reject } = deferred<never>();
      self.signal.addEventListener("abort", () => reject(new DOMException("the host gave up", "AbortError")));
      await promise;
    });
    yield;
    task.cancel("please");
    yield* gather([task], { returnExceptions: true });
    assert.equal(task.cancelled(), true);
    assert.throws(() => task.result(), { name: "CancelledError", message: "please" });
  });
});

test("without a cancel request an AbortError is a failure", async () => {
  await onHostLoop(function* () {
    const task = createTask(async () => {
      await turn();
      throw new DOMException("for reasons of its own", "AbortError");
    });
    yield* gather([task], { returnExceptions: true });
    assert.equal(task.cancelled(), false);
    assert.equal((task.exception() as Error).name, "AbortError");
  });
});

test("after a cancel request any other error is a failure", async () => {
  await onHostLoop(function* () {
    const { promise, reject } = deferred<never>();
    const task = createTask(() => promise);
    yield;
    task.cancel();
    reject(new RangeError("failed"));
    yield* gather([task], { returnExceptions: true });
    assert.ok(task.exception() instanceof RangeError);
  });
});

test("a CancelledError of the function's own cancels the task without a request", async () => {
  await onHostLoop(function* () {
    const task = createTask(async () => {
      await turn();
      throw new CancelledError("by itself");
    });
    yield* gather([task], { returnExceptions: true });
    assert.equal(task.cancelled(), true);
    assert.equal(task.cancelling(), 0);
  });
});

test("cancelling a Future that the function awaits ends the task cancelled", async () => {
  await onHostLoop(function* ({ loop }) {
    const future = loop.createFuture<void>();
    const task = createTask(async () => {
      await future;
    });
    yield;
    future.cancel("the future was");
    yield* gather([task], { returnExceptions: true });
    assert.throws(() => task.result(), { name: "CancelledError", message: "the future was" });
  });
});

test("several requests are counted; uncancel gives the next reader a fresh signal", async () => {
  await onHostLoop(function* () {
    const { promise, resolve } = deferred<void>();
    const task = createTask(() => promise);
    yield;
    const first = task.signal;
    task.cancel("one");
    task.cancel("two");
    assert.equal(task.cancelling(), 2);
    assert.equal((first.reason as CancelledError).msg, "one");
    task.uncancel();
    assert.equal(task.signal, first);
    task.uncancel();
    assert.notEqual(task.signal, first);
    assert.equal(task.signal.aborted, false);
    resolve();
    yield* task;
    assert.equal(task.cancelled(), false);
  });
});

test("a request before the signal is read shows in the signal", async () => {
  await onHostLoop(function* () {
    const { promise, resolve } = deferred<void>();
    const task = createTask(() => promise);
    yield;
    task.cancel("early");
    assert.equal(task.signal.aborted, true);
    resolve();
    yield* task;
  });
});

test("a function that returns a foreign promise counts as a native one", async () => {
  await onHostLoop(function* () {
    const { promise, resolve } = deferred<string>();
    const task = createTask(() => promise);
    yield;
    task.cancel();
    yield;
    yield;
    assert.equal(task.done(), false);
    resolve("its own result");
    assert.equal(yield* task, "its own result");
  });
});

test("a thenable that throws in its then fails the task", async () => {
  await onHostLoop(function* () {
    const thenable: PromiseLike<never> = {
      // eslint-disable-next-line unicorn/no-thenable
      then() {
        throw new RangeError("in then");
      },
    };
    const task = createTask(() => thenable);
    yield* gather([task], { returnExceptions: true });
    assert.ok(task.exception() instanceof RangeError);
  });
});
