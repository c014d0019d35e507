import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createTask,
  currentTask,
  isCancelled,
  sleep,
  timeout,
  TimeoutError,
  timeoutAt,
  type Timeout,
} from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onLoop } from "../support/onLoop.js";

test("a body that ends in time gives its result, and the deadline leaves no timer behind", () => {
  onLoop(function* ({ loop }) {
    const result = yield* timeout(1_000_000, function* () {
      yield* sleep(5);
      return "in time";
    });
    assert.equal(result, "in time");
    assert.equal(loop.time(), 5);
  });
});

test("at the deadline the body gets a CancelledError, and the scope throws TimeoutError with it as the cause", () => {
  onLoop(function* ({ loop, trace }) {
    let seen: unknown;
    const error = yield* failureOf(
      timeout(10, function* () {
        try {
          yield* sleep(1000);
        } catch (reason) {
          trace.add(`cancelled at ${loop.time()}`);
          seen = reason;
          throw reason;
        }
      }),
    );
    assert.ok(error instanceof TimeoutError && isCancelled(seen));
    assert.equal(error.cause, seen);
    assert.equal(currentTask()!.cancelling(), 0);
    trace.assertIs(["cancelled at 10"]);
  });
});

test("the delay counts from where the scope is awaited", () => {
  onLoop(function* () {
    const scope = timeout(10, (inner: Timeout) => inner.when());
    yield* sleep(100);
    assert.equal(yield* scope, 110);
  });
});

test("a deadline that has passed already lets the body run to its first suspension", () => {
  onLoop(function* ({ loop, trace }) {
    yield* sleep(50);
    for (const scope of [timeout, timeoutAt]) {
      const error = yield* failureOf(
        scope(-1, function* () {
          trace.add("began");
          yield;
          trace.add("never reached");
        }),
      );
      assert.ok(error instanceof TimeoutError);
    }
    assert.equal(loop.time(), 50);
    trace.assertIs(["began", "began"]);
  });
});

test("a body that swallows the cancellation gives its result, and the scope says that it has expired", () => {
  onLoop(function* () {
    let scope: Timeout | undefined;
    const result = yield* timeout(10, function* (inner) {
      scope = inner;
      yield* failureOf(sleep(1000));
      return "carried on";
    });
    assert.equal(result, "carried on");
    assert.equal(scope!.expired(), true);
    assert.equal(currentTask()!.cancelling(), 0);
  });
});

test("an error of the body other than the cancellation goes on as it is, after the deadline too", () => {
  onLoop(function* () {
    const error = yield* failureOf(
      timeout(10, function* () {
        yield* failureOf(sleep(1000));
        throw new RangeError("from the body");
      }),
    );
    assert.ok(error instanceof RangeError);
    assert.equal(currentTask()!.cancelling(), 0);
  });
});

test("of nested timeouts the one whose deadline passes throws, and the outer one goes on", () => {
  onLoop(function* ({ loop, trace }) {
    yield* timeout(100, function* () {
      const error = yield* failureOf(timeout(10, () => sleep(1000)));
      trace.add(`inner: ${(error as Error).name} at ${loop.time()}`);
      yield* sleep(20);
      trace.add(`outer goes on at ${loop.time()}`);
    });
    trace.assertIs(["inner: TimeoutError at 10", "outer goes on at 30"]);
  });
});

test("an outer deadline passes through the inner scope as a cancellation", () => {
  onLoop(function* () {
    let inner: Timeout | undefined;
    let seen: unknown;
    const error = yield* failureOf(
      timeout(10, function* () {
        seen = yield* failureOf(
          timeout(100, function* (scope) {
            inner = scope;
            yield* sleep(1000);
          }),
        );
        throw seen;
      }),
    );
    assert.ok(isCancelled(seen), "the inner scope has no part in it");
    assert.ok(error instanceof TimeoutError);
    assert.equal(inner!.expired(), false);
  });
});

test("when both deadlines pass in the same iteration the outer scope throws", () => {
  onLoop(function* () {
    let inner: Timeout | undefined;
    let seen: unknown;
    const error = yield* failureOf(
      timeoutAt(10, function* () {
        seen = yield* failureOf(
          timeoutAt(10, function* (scope) {
            inner = scope;
            yield* sleep(1000);
          }),
        );
        throw seen;
      }),
    );
    assert.ok(isCancelled(seen) && error instanceof TimeoutError);
    assert.equal(inner!.expired(), true);
    assert.equal(currentTask()!.cancelling(), 0);
  });
});

test("a cancellation from outside in the same iteration as the deadline goes on, and the scope has expired", () => {
  onLoop(function* ({ loop }) {
    let scope: Timeout | undefined;
    const task = createTask(function* () {
      yield* timeout(10, function* (inner) {
        scope = inner;
        yield* sleep(1000);
      });
    });
    loop.callAt(10, () => task.cancel("from outside"));
    const error = yield* failureOf(task);
    assert.ok(isCancelled(error));
    assert.equal(scope!.expired(), true);
    assert.equal(task.cancelling(), 1);
  });
});

test("a task that was asked to cancel before the scope can still be timed out in it", () => {
  onLoop(function* () {
    const task = createTask(function* () {
      yield* failureOf(sleep(1000));
      assert.equal(currentTask()!.cancelling(), 1);
      const error = yield* failureOf(timeout(10, () => sleep(1000)));
      assert.ok(error instanceof TimeoutError);
      assert.equal(currentTask()!.cancelling(), 1);
    });
    yield;
    task.cancel();
    yield* task;
  });
});

test("reschedule moves the deadline, brings it forward, and takes it away", () => {
  onLoop(function* ({ loop }) {
    const error = yield* failureOf(
      timeout(10, function* (scope) {
        scope.reschedule(30);
        yield* sleep(20);
        assert.equal(scope.when(), 30);
        scope.reschedule(null);
        yield* sleep(100);
        assert.equal(scope.when(), null);
        scope.reschedule(loop.time() - 1);
        yield* sleep(1000);
      }),
    );
    assert.ok(error instanceof TimeoutError);
    assert.equal(loop.time(), 120);
  });
});

test("without a deadline nothing ends the body", () => {
  onLoop(function* ({ loop }) {
    const seen = yield* timeout(null, function* (scope) {
      yield* sleep(1_000_000);
      return [scope.when(), scope.expired()];
    });
    assert.deepEqual(seen, [null, false]);
    assert.equal(loop.time(), 1_000_000);
  });
});

test("a scope describes its state", () => {
  onLoop(function* ({ trace }) {
    let scope: Timeout | undefined;
    yield* failureOf(
      timeout(10, function* (inner) {
        scope = inner;
        trace.add(String(inner));
        inner.reschedule(null);
        trace.add(String(inner));
        inner.reschedule(5);
        try {
          yield* sleep(1000);
        } finally {
          trace.add(String(inner));
        }
      }),
    );
    trace.add(String(scope));
    yield* timeout(10, (inner: Timeout) => (scope = inner));
    trace.add(String(scope));
    const [active, ...rest] = ["<Timeout [active] when=10>", "<Timeout [active] when=null>", "<Timeout [expiring]>"];
    trace.assertIs([active!, ...rest, "<Timeout [expired]>", "<Timeout [finished]>"]);
  });
});
