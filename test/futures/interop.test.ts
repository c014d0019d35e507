import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, EventLoop, Future, gather, run, sleep, wrapFuture, type Steps } from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

function onVirtualTime(main: () => Steps<void>): Promise<void> {
  return run(main, { loopFactory: () => new EventLoop({ host: new VirtualHost() }) });
}

/** A promise that is settled by hand. */
function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((onResult, onError) => {
    resolve = onResult;
    reject = onError;
  });
  return { promise, resolve, reject };
}

test("wrapFuture makes a Future with a promise's result", async () => {
  await onHostLoop(function* ({ loop }) {
    const future = wrapFuture(Promise.resolve("result"));
    assert.ok(future instanceof Future);
    assert.equal(future.getLoop(), loop);
    assert.equal(future.done(), false);
    assert.equal(yield* future, "result");
  });
});

test("wrapFuture gives a promise's rejection", async () => {
  await onHostLoop(function* () {
    const error = new RangeError("rejected");
    const future = wrapFuture(Promise.reject(error));
    try {
      yield* future;
      assert.fail("no exception");
    } catch (thrown) {
      assert.equal(thrown, error);
    }
  });
});

test("wrapFuture gives a Future back as it is", () => {
  onLoop(function* ({ loop }) {
    const future = loop.createFuture<number>();
    assert.equal(wrapFuture(future), future);
    yield;
  });
});

test("yield of a promise awaits it", async () => {
  await onHostLoop(function* () {
    assert.equal(yield Promise.resolve("result"), "result");
    try {
      yield Promise.reject(new RangeError("rejected"));
      assert.fail("no exception");
    } catch (error) {
      assert.ok(error instanceof RangeError);
    }
  });
});

test("any object with a then is awaited, also one that settles at once", async () => {
  await onHostLoop(function* () {
    const thenable = { then: (onResult: (value: string) => void) => onResult("at once") };
    assert.equal(yield thenable, "at once");
    assert.equal(yield* wrapFuture(thenable as PromiseLike<string>), "at once");
  });
});

test("a then that throws fails the future", async () => {
  await onHostLoop(function* ({ loop }) {
    const thenable = {
      then() {
        throw new RangeError("from then");
      },
    };
    try {
      yield thenable;
      assert.fail("no exception");
    } catch (error) {
      assert.ok(error instanceof RangeError);
    }
    assert.equal(loop._outstanding, 0);
  });
});

test("a thenable that settles twice counts once", async () => {
  await onHostLoop(function* () {
    const thenable = {
      then(onResult: (value: string) => void, onError: (error: unknown) => void) {
        onResult("first");
        onResult("second");
        onError(new Error("third"));
      },
    };
    assert.equal(yield thenable, "first");
    yield* sleep(1);
  });
});

test("cancelling a task that awaits a promise detaches from it at once", async () => {
  await onHostLoop(function* ({ trace }) {
    const { promise, resolve } = deferred<string>();
    const task = createTask(function* () {
      try {
        yield promise;
      } finally {
        trace.add("left");
      }
    });
    yield;
    task.cancel();
    yield;
    assert.equal(task.cancelled(), true);
    trace.assertIs(["left"]);
    resolve("too late");
    yield* sleep(1);
    assert.equal(yield promise, "too late", "the promise itself is not touched");
  });
});

test("a rejection that comes after the cancellation is nobody's: the host hears nothing of it", async () => {
  await onHostLoop(function* () {
    const { promise, reject } = deferred<string>();
    const future = wrapFuture(promise);
    future.cancel();
    reject(new Error("too late"));
    yield* sleep(1);
    assert.equal(future.cancelled(), true);
  });
});

test("createTask of a promise is a task that awaits it", async () => {
  await onHostLoop(function* () {
    const task = createTask(Promise.resolve("result"), { name: "fetching" });
    assert.equal(task.getName(), "fetching");
    assert.equal(yield* task, "result");
  });
});

test("a promise that settles after its loop was closed is nobody's: the host hears nothing of it", async () => {
  const { promise, resolve } = deferred<string>();
  const other = deferred<string>();
  const futures: Future<string>[] = [];
  await onVirtualTime(function* () {
    for (const each of [promise, other.promise]) futures.push(wrapFuture(each));
    void gather(futures);
    yield;
  });
  resolve("too late");
  other.reject(new Error("too late"));
  await new Promise(setImmediate);
  assert.ok(futures.every((future) => !future.done()));
});
