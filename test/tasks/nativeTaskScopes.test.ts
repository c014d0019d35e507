// Native async functions inside tasks and scopes that end before they do; and foreign promises, which nobody waits for.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createTask,
  ensureFuture,
  gather,
  sleep,
  taskGroup,
  timeout,
  TimeoutError,
  waitFor,
} from "../../bindings/index.js";
import { deferred } from "../support/deferred.js";
import { onHostLoop } from "../support/onLoop.js";

test("a task that awaits a native task asks it to cancel and waits for its end", async () => {
  await onHostLoop(function* ({ trace }) {
    const { promise, resolve } = deferred<string>();
    const native = createTask(() => promise);
    const waiting = createTask(function* () {
      try {
        return yield* native;
      } finally {
        trace.add("left");
      }
    });
    yield* sleep(1);
    waiting.cancel();
    yield* sleep(1);
    assert.equal(native.cancelling(), 1);
    trace.assertIs([]);
    resolve("finished all the same");
    assert.equal(yield* waiting, "finished all the same");
    trace.assertIs(["left"]);
  });
});

test("a timeout around a native task that goes on regardless waits for it and is no failure", async () => {
  await onHostLoop(function* ({ loop }) {
    const { promise, resolve } = deferred<string>();
    const native = createTask(() => promise);
    loop.callLater(50, resolve, "late");
    const [result, isExpired] = yield* timeout(10, function* (scope) {
      return [yield* native, scope.expired()] as const;
    });
    assert.equal(result, "late");
    assert.equal(isExpired, true);
    assert.equal(loop.time(), 50);
  });
});

test("a timeout around a native task that heeds its signal ends by TimeoutError", async () => {
  await onHostLoop(function* ({ loop }) {
    const native = createTask(async (self) => {
      await ensureFuture(sleep(1000), { signal: self.signal });
    });
    try {
      yield* timeout(10, () => native);
      assert.fail("no timeout");
    } catch (error) {
      assert.ok(error instanceof TimeoutError, String(error));
    }
    assert.equal(loop.time(), 10);
    assert.equal(native.cancelled(), true);
  });
});

test("a foreign promise is not owned: cancelling detaches from it at once", async () => {
  await onHostLoop(function* ({ loop }) {
    const { promise } = deferred<void>();
    try {
      yield* waitFor(promise, 10);
      assert.fail("no timeout");
    } catch (error) {
      assert.ok(error instanceof TimeoutError);
    }
    assert.equal(loop.time(), 10);
    const task = createTask(promise);
    yield;
    task.cancel();
    yield* gather([task], { returnExceptions: true });
    assert.equal(task.cancelled(), true);
  });
});

test("a scope whose body is an async function ends when that function's promise settles", async () => {
  await onHostLoop(function* ({ loop }) {
    const { promise, resolve } = deferred<string>();
    loop.callLater(50, resolve, "late");
    const result = yield* taskGroup(async (group) => {
      group.createTask(sleep(10));
      return await promise;
    });
    assert.equal(result, "late");
    assert.equal(loop.time(), 50);
  });
});
