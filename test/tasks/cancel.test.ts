import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CancelledError,
  coroutine,
  createTask,
  isCancelled,
  sleep,
  type Steps,
  type Task,
} from "../../bindings/index.js";
import { onLoop } from "../support/onLoop.js";

test("a task cancelled before its first step never calls its function", () => {
  onLoop(function* ({ trace }) {
    const task = createTask(trace.adder("called"));
    assert.equal(task.cancel(), true);
    assert.equal(task.cancelled(), false, "it ends in its first step");
    yield;
    assert.equal(task.cancelled(), true);
    trace.assertIs([]);
  });
});

test("a task cancelled before its first step never begins its coroutine", () => {
  onLoop(function* ({ trace }) {
    const begin = coroutine(function* () {
      trace.add("began");
      yield;
    });
    const tasks = [
      createTask(begin()),
      createTask(function* () {
        trace.add("began");
        yield;
      }),
      createTask(sleep(5)),
      createTask(Promise.resolve()),
    ];
    for (const task of tasks) task.cancel("before it began");
    yield;
    for (const task of tasks)
      assert.throws(() => task.result(), { name: "CancelledError", message: "before it began" });
    trace.assertIs([]);
  });
});

test("cancel raises a CancelledError with the message where the task waits", () => {
  onLoop(function* ({ loop, trace }) {
    const task = createTask(function* () {
      try {
        yield* sleep(1000);
      } catch (error) {
        assert.ok(isCancelled(error));
        trace.add(`cancelled: ${String(error.msg)} at ${loop.time()}`);
        throw error;
      }
    });
    yield* sleep(10);
    assert.equal(task.cancel("no longer needed"), true);
    yield;
    assert.equal(task.cancelled(), true);
    trace.assertIs(["cancelled: no longer needed at 10"]);
  });
});

test("cancelling a task that sleeps takes its timer out of the heap", () => {
  onLoop(function* ({ loop }) {
    const task = createTask(sleep(1_000_000));
    yield;
    task.cancel();
    yield;
    yield;
    assert.equal(task.cancelled(), true);
    assert.equal(loop.time(), 0);
  });
});

test("a task may refuse to be cancelled, and then ends as it likes", () => {
  onLoop(function* () {
    const task = createTask(function* () {
      try {
        yield* sleep(1000);
      } catch (error) {
        assert.ok(isCancelled(error));
      }
      return yield* sleep(5, "refused");
    });
    yield;
    task.cancel();
    assert.equal(yield* task, "refused");
    assert.equal(task.cancelled(), false);
    assert.equal(task.cancelling(), 1);
  });
});

test("cancelling passes through every coroutine that is awaited, from the innermost outwards", () => {
  onLoop(function* ({ trace }) {
    const nest = coroutine(function* (depth: number): Steps<void> {
      try {
        if (depth === 0) yield* sleep(1000);
        else yield* nest(depth - 1);
      } finally {
        trace.add(`left ${depth}`);
      }
    });
    const task = createTask(nest(3));
    yield;
    task.cancel();
    yield;
    trace.assertIs(["left 0", "left 1", "left 2", "left 3"]);
  });
});

test("cancelling a task cancels the task it waits for", () => {
  onLoop(function* () {
    const inner = createTask(sleep(1000));
    const outer = createTask(function* () {
      yield* inner;
    });
    yield;
    outer.cancel("passed on");
    yield;
    yield;
    assert.equal(inner.cancelled(), true);
    assert.throws(() => outer.result(), { name: "CancelledError", message: "passed on" });
  });
});

test("a task that cancels itself is cancelled at its next suspension", () => {
  onLoop(function* ({ trace }) {
    const task: Task<void> = createTask(function* (): Steps<void> {
      task.cancel();
      trace.add("not yet");
      try {
        yield* sleep(5);
      } finally {
        trace.add("now");
      }
    });
    yield* sleep(1);
    assert.equal(task.cancelled(), true);
    trace.assertIs(["not yet", "now"]);
  });
});

test("a task that was asked to stop and ends without waiting again counts as cancelled", () => {
  onLoop(function* () {
    const task: Task<string> = createTask(function* (): Steps<string> {
      task.cancel("too late to be delivered");
      return "result";
    });
    yield;
    assert.equal(task.cancelled(), true);
    assert.throws(() => task.result(), { message: "too late to be delivered" });
  });
});

test("cancel of a task that is done gives false", () => {
  onLoop(function* () {
    const task = createTask(() => "done");
    yield* task;
    assert.equal(task.cancel(), false);
    assert.equal(task.cancelling(), 0);
    assert.equal(task.result(), "done");
  });
});

test("uncancel of a task that has failed with a request open leaves it its error", () => {
  onLoop(function* () {
    const failure = new Error("its own");
    const task = createTask(function* (self) {
      self.cancel();
      throw failure;
    });
    yield;
    yield;
    assert.equal(task.uncancel(), 0);
    assert.equal(task.exception(), failure);
  });
});

test("cancelling counts the requests and uncancel takes them back", () => {
  onLoop(function* () {
    const task = createTask(function* () {
      for (let i = 0; i < 2; i++) {
        try {
          yield* sleep(1000);
        } catch (error) {
          assert.ok(isCancelled(error));
        }
      }
      return "went on";
    });
    yield;
    assert.equal(task.uncancel(), 0);
    task.cancel();
    task.cancel();
    assert.equal(task.cancelling(), 2);
    yield;
    assert.equal(task.uncancel(), 1);
    assert.equal(task.uncancel(), 0);
    assert.equal(task.uncancel(), 0);
    task.cancel();
    assert.equal(yield* task, "went on");
  });
});

test("uncancel drops a cancellation that was not delivered yet", () => {
  onLoop(function* () {
    const task = createTask(sleep(5, "went on"));
    task.cancel();
    assert.equal(task.uncancel(), 0);
    assert.equal(yield* task, "went on");
  });
});

test("the first retrieval gives the CancelledError that ended the task, later ones a new one", () => {
  onLoop(function* () {
    let raised: unknown;
    const task = createTask(function* () {
      try {
        yield* sleep(1000);
      } catch (error) {
        raised = error;
        throw error;
      }
    });
    yield;
    task.cancel("message");
    yield;
    assert.throws(
      () => task.result(),
      (error) => error === raised,
    );
    assert.throws(
      () => task.result(),
      (error) => error instanceof CancelledError && error !== raised,
    );
  });
});

test("a CancelledError that a body throws by itself cancels its task", () => {
  onLoop(function* () {
    const task = createTask(() => {
      throw new CancelledError("by itself");
    });
    yield;
    assert.equal(task.cancelled(), true);
    assert.equal(task.cancelling(), 0);
  });
});

test("a task that fails while it is being cancelled has failed", () => {
  onLoop(function* () {
    const task = createTask(function* () {
      try {
        yield* sleep(1000);
      } catch {
        throw new RangeError("failed instead");
      }
    });
    yield;
    task.cancel();
    yield;
    assert.equal(task.cancelled(), false);
    assert.ok(task.exception() instanceof RangeError);
  });
});

test("awaiting a cancelled task raises its CancelledError in the one who awaits", () => {
  onLoop(function* () {
    const task = createTask(sleep(1000));
    yield;
    task.cancel("the other one");
    try {
      yield* task;
      assert.fail("no error");
    } catch (error) {
      assert.ok(isCancelled(error));
      assert.equal(error.msg, "the other one");
    }
  });
});
