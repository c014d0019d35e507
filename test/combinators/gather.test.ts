import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, EventLoop, Future, gather, isCancelled, sleep, type Steps } from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

function* failing(delay: number, error: unknown): Steps<never> {
  yield* sleep(delay);
  throw error;
}

const first = new RangeError("first");
const second = new TypeError("second");

test("gather gives the results in the order of its arguments", () => {
  onLoop(function* ({ loop }) {
    const future = new Future<string>();
    future.setResult("done");
    const results = yield* gather([sleep(20, "slow"), createTask(sleep(10, "quick")), future]);
    assert.deepEqual(results, ["slow", "quick", "done"]);
    assert.equal(loop.time(), 20);
  });
});

test("the coroutines start at the call, in order", () => {
  onLoop(function* ({ trace }) {
    const gathering = gather(
      ["a", "b"].map(function* (name) {
        trace.add(name);
        yield;
      }),
    );
    yield;
    trace.add("next iteration");
    yield* gathering;
    trace.assertIs(["a", "b", "next iteration"]);
  });
});

test("nothing to gather is done at once", () => {
  onLoop(function* () {
    const gathering = gather([]);
    assert.deepEqual(gathering.result(), []);
    yield;
  });
});

test("futures that are all done are gathered at once", () => {
  onLoop(function* () {
    const futures = [new Future<number>(), new Future<number>()];
    for (const [n, future] of futures.entries()) future.setResult(n);
    assert.deepEqual(gather(futures).result(), [0, 1]);
    yield;
  });
});

test("the first failure is the gathering's, and the others go on", () => {
  onLoop(function* ({ loop }) {
    const slow = createTask(sleep(30, "slow"));
    const error = yield* failureOf(gather([failing(20, second), slow, failing(10, first)]));
    assert.equal(error, first);
    assert.equal(loop.time(), 10);
    assert.equal(yield* slow, "slow");
  });
});

test("with returnExceptions failures and cancellations stand in the list", () => {
  onLoop(function* () {
    const cancelled = createTask(sleep(1000));
    const gathering = gather([failing(10, first), sleep(5, "result"), cancelled], { returnExceptions: true });
    cancelled.cancel();
    const [failure, result, cancellation] = yield* gathering;
    assert.equal(failure, first);
    assert.equal(result, "result");
    assert.ok(isCancelled(cancellation) && cancellation.msg === "");
  });
});

test("cancelling a gathering cancels its children, and it ends when they have", () => {
  onLoop(function* ({ loop }) {
    const children = [createTask(sleep(1000)), createTask(sleep(1000))];
    const gathering = gather(children);
    yield* sleep(5);
    assert.equal(gathering.cancel("no longer needed"), true);
    assert.equal(gathering.done(), false);
    const error = yield* failureOf(gathering);
    assert.ok(isCancelled(error) && error.msg === "no longer needed");
    assert.equal(gathering.cancelled(), false, "as in asyncio, it has failed with the cancellation");
    for (const child of children) assert.equal(child.cancelled(), true);
    assert.equal(gathering.cancel(), false);
    assert.equal(loop.time(), 5);
  });
});

test("a child that survives a late cancellation still gives the gathering its message", () => {
  onLoop(function* () {
    const gathering = gather([
      (function* () {
        yield* failureOf(sleep(10));
        return "survived";
      })(),
    ]);
    yield* sleep(10);
    gathering.cancel("late");
    const error = yield* failureOf(gathering);
    assert.ok(isCancelled(error) && error.msg === "late");
  });
});

test("a child that is cancelled alone fails the gathering with its cancellation", () => {
  onLoop(function* () {
    const child = createTask(sleep(1000));
    const other = createTask(sleep(10));
    const gathering = gather([child, other]);
    child.cancel("alone");
    const error = yield* failureOf(gathering);
    assert.ok(isCancelled(error) && error.msg === "alone");
    yield* other;
  });
});

test("a repeated awaitable is run once and stands in each of its places", () => {
  onLoop(function* () {
    const slept = sleep(10, "coroutine");
    const task = createTask(sleep(5, "task"));
    assert.deepEqual(yield* gather([slept, task, slept, task]), ["coroutine", "task", "coroutine", "task"]);
  });
});

test("a generator object is read as an iterable", () => {
  onLoop(function* () {
    function* awaitables(): Generator<Future<number> | ReturnType<typeof sleep>> {
      yield sleep(1);
      yield sleep(2);
    }
    assert.deepEqual(yield* gather(awaitables()), [undefined, undefined]);
  });
});

test("foreign promises and native code may take part", async () => {
  await onHostLoop(async () => {
    assert.deepEqual(await gather([Promise.resolve("promise"), sleep(5, "slept")]), ["promise", "slept"]);
  });
});

test("gather refuses a lone awaitable, what is no list, and what can not be awaited", () => {
  onLoop(function* () {
    const future = new Future<number>();
    for (const lone of [future, sleep(5), Promise.resolve()]) {
      assert.throws(() => gather(lone as never), { name: "TypeError", message: /write gather\(\[x\]\)/ });
    }
    assert.throws(() => gather(undefined as never), { name: "TypeError", message: /got undefined/ });
    assert.throws(() => gather([future, 3 as never]), { name: "TypeError", message: /got 3/ });
    yield;
  });
});

test("gather refuses futures of different loops", () => {
  const other = new EventLoop();
  onLoop(function* () {
    assert.throws(() => gather([new Future(), other.createFuture()]), {
      name: "ValueError",
      message: /different loop/,
    });
    yield;
  });
  other.close();
});

test("gathering futures that have failed already takes time in proportion to their number", () => {
  onLoop(function* ({ loop }) {
    const failed = Array.from({ length: 100_000 }, () => loop.createFuture<never>());
    for (const future of failed) future.setException(new RangeError("failure"));
    const start = performance.now();
    yield* failureOf(gather(failed));
    // A look at all of them for each of them took most of a minute.
    assert.ok(performance.now() - start < 5000);
  });
});
