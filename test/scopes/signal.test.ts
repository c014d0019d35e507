import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createTask,
  currentTask,
  isCancelled,
  sleep,
  taskGroup,
  timeout,
  type Task,
  type TaskGroup,
  type Timeout,
} from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

test("a signal is the same each time, and does not abort when the body ends normally", () => {
  onLoop(function* () {
    const signals: AbortSignal[] = [];
    yield* timeout(10, (scope: Timeout) => signals.push(scope.signal, scope.signal));
    yield* taskGroup((group: TaskGroup) => {
      signals.push(group.signal);
      group.createTask(sleep(5));
    });
    yield* sleep(100);
    assert.equal(signals[0], signals[1]);
    for (const signal of signals) assert.equal(signal.aborted, false);
  });
});

test("a timeout's signal aborts at the deadline, before the body goes on", () => {
  onLoop(function* ({ loop, trace }) {
    yield* failureOf(
      timeout(10, function* ({ signal }) {
        signal.addEventListener("abort", () => trace.add(`aborted at ${loop.time()}: ${isCancelled(signal.reason)}`));
        try {
          yield* sleep(1000);
        } finally {
          trace.add("body");
        }
      }),
    );
    trace.assertIs(["aborted at 10: true", "body"]);
  });
});

test("a scope's signal aborts in the call that cancels its task from outside, with the message", () => {
  onLoop(function* () {
    for (const scope of [(body: (s: { signal: AbortSignal }) => object) => timeout(100, body), taskGroup]) {
      let signal: AbortSignal | undefined;
      const task: Task<unknown> = createTask(
        scope((inner: { signal: AbortSignal }) => {
          signal = inner.signal;
          return sleep(1000);
        }),
      );
      yield;
      task.cancel("from outside");
      assert.equal(signal!.aborted, true);
      assert.equal((signal!.reason as { msg: unknown }).msg, "from outside");
      yield* failureOf(task);
    }
  });
});

test("a group's signal aborts when a task fails and at cancel()", () => {
  onLoop(function* () {
    for (const end of [(group: TaskGroup): void => group.cancel(), (): never => assert.fail("a failing task")]) {
      let signal: AbortSignal | undefined;
      const task = createTask(
        taskGroup(function* (group) {
          signal = group.signal;
          group.createTask(() => end(group));
          yield* sleep(1000);
        }),
      );
      yield* sleep(1);
      assert.equal(signal!.aborted, true);
      assert.equal(task.done(), true);
      task.exception();
    }
  });
});

test("an inner deadline does not abort the outer scope's signal", () => {
  onLoop(function* () {
    const signals: AbortSignal[] = [];
    yield* timeout(100, function* (outer) {
      signals.push(outer.signal);
      yield* taskGroup(function* (group) {
        signals.push(group.signal);
        yield* failureOf(timeout(10, () => sleep(1000)));
      });
    });
    assert.deepEqual(
      signals.map((signal) => signal.aborted),
      [false, false],
    );
  });
});

test("an outer deadline aborts the signals of the scopes inside", () => {
  onLoop(function* () {
    const signals: AbortSignal[] = [];
    yield* failureOf(
      timeout(10, function* () {
        yield* timeout(100, function* (inner) {
          signals.push(inner.signal);
          yield* taskGroup(function* (group) {
            signals.push(group.signal);
            yield* sleep(1000);
          });
        });
      }),
    );
    assert.deepEqual(
      signals.map((signal) => signal.aborted),
      [true, true],
    );
  });
});

test("a scope in a task that an inner scope's deadline cancels by chance is told of it", () => {
  onLoop(function* () {
    let signal: AbortSignal | undefined;
    const inner = createTask(
      timeout(1000, function* (scope) {
        signal = scope.signal;
        yield* sleep(1000);
      }),
    );
    yield;
    // The deadline cancels the task that waits, and that one the task it waits for.
    yield* failureOf(timeout(10, () => inner));
    assert.equal(signal!.aborted, true);
  });
});

test("a signal read after its reason has come is aborted from the start", () => {
  onLoop(function* () {
    let scope: Timeout | undefined;
    yield* timeout(10, function* (inner) {
      scope = inner;
      yield* failureOf(sleep(1000));
      assert.equal(inner.signal.aborted, true);
    });
    assert.equal(scope!.signal.aborted, true);
    let group: TaskGroup | undefined;
    yield* taskGroup((inner: TaskGroup) => {
      group = inner;
      inner.cancel();
    });
    assert.equal(group!.signal.aborted, true);
  });
});

test("a signal read in a body whose task is to be cancelled already is aborted", () => {
  onLoop(function* () {
    const task = createTask(function* () {
      currentTask()!.cancel();
      yield* timeout(10, function* (scope) {
        assert.equal(scope.signal.aborted, true);
        yield;
      });
    });
    assert.ok(isCancelled(yield* failureOf(task)));
  });
});

test("after its scope a signal follows its task no longer", () => {
  onLoop(function* () {
    let signal: AbortSignal | undefined;
    const task = createTask(function* () {
      yield* timeout(10, (scope: Timeout) => (signal = scope.signal));
      yield* sleep(1000);
    });
    yield;
    task.cancel();
    yield* failureOf(task);
    assert.equal(signal!.aborted, false);
  });
});

test("a native body is told through the signal, and a cancellation that it rejects with goes on", async () => {
  await onHostLoop(function* () {
    const task = createTask(
      taskGroup(async (group) => {
        await new Promise((_resolve, reject) => {
          group.signal.addEventListener("abort", () => reject(group.signal.reason as Error));
        });
      }),
    );
    yield* sleep(5);
    task.cancel("from outside");
    const error = yield* failureOf(task);
    assert.ok(isCancelled(error) && error.msg === "from outside");
  });
});

test("a native body is ended by a task of its group that fails", async () => {
  await onHostLoop(function* ({ loop }) {
    const error = yield* failureOf(
      taskGroup(async (group) => {
        group.createTask(function* () {
          yield* sleep(10);
          throw new RangeError("task");
        });
        await new Promise((_resolve, reject) => {
          group.signal.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
        });
      }),
    );
    assert.deepEqual((error as AggregateError).errors.map(String), ["RangeError: task"]);
    assert.equal(loop.time(), 10);
  });
});
