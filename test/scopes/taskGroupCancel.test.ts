import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createTask,
  currentTask,
  type ExceptionGroup,
  isCancelled,
  sleep,
  TaskGroup,
  taskGroup,
  timeout,
  TimeoutError,
} from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onLoop } from "../support/onLoop.js";

test("cancel() of a group ends its tasks and its body, and the scope without an error", () => {
  onLoop(function* ({ loop, trace }) {
    const result = yield* taskGroup(function* (group) {
      group.createTask(sleep(1000)).addDoneCallback((task) => trace.add(`task cancelled: ${task.cancelled()}`));
      loop.callLater(10, () => group.cancel());
      try {
        yield* sleep(1000);
      } finally {
        trace.add("body cancelled");
      }
      return "never reached";
    });
    assert.equal(result, undefined);
    assert.equal(loop.time(), 10);
    assert.equal(currentTask()!.cancelling(), 0);
    trace.assertIs(["body cancelled", "task cancelled: true"]);
  });
});

test("a body that ends after cancel() keeps its result", () => {
  onLoop(function* () {
    const result = yield* taskGroup((group) => {
      group.createTask(sleep(1000));
      group.cancel();
      return "result";
    });
    assert.equal(result, "result");
    yield* sleep(1);
  });
});

test("cancel() from one of the tasks ends the others", () => {
  onLoop(function* ({ loop }) {
    yield* taskGroup((group) => {
      group.createTask(sleep(1000));
      group.createTask(function* () {
        yield* sleep(10);
        group.cancel();
        yield* sleep(1000);
      });
    });
    assert.equal(loop.time(), 10);
  });
});

test("cancel() is idempotent, and does nothing once the group has ended", () => {
  onLoop(function* () {
    let group: TaskGroup | undefined;
    yield* taskGroup(function* (inner) {
      group = inner;
      inner.createTask(sleep(1000));
      inner.cancel();
      inner.cancel();
      yield* failureOf(sleep(1000));
      assert.equal(currentTask()!.cancelling(), 1);
    });
    group!.cancel();
    yield* sleep(1);
    assert.equal(currentTask()!.cancelling(), 0);
  });
});

test("cancel() before the group is entered takes effect as it is entered", () => {
  onLoop(function* () {
    const group = new TaskGroup();
    group.cancel();
    group._enter();
    const error = yield* failureOf(sleep(1000));
    yield* group._exit(true, error);
    assert.equal(currentTask()!.cancelling(), 0);
  });
});

test("tasks that fail while cancel() ends them are not lost", () => {
  onLoop(function* () {
    const error = yield* failureOf(
      taskGroup(function* (group) {
        group.createTask(function* () {
          yield* failureOf(sleep(1000));
          throw new RangeError("while ending");
        });
        yield;
        group.cancel();
      }),
    );
    assert.deepEqual((error as ExceptionGroup).errors.map(String), ["RangeError: while ending"]);
    assert.equal(currentTask()!.cancelling(), 0);
  });
});

test("a cancellation from outside is not dropped by cancel()", () => {
  onLoop(function* () {
    const task = createTask(
      taskGroup(function* (group) {
        group.createTask(sleep(1000));
        yield* sleep(10);
        group.cancel();
        yield* sleep(1000);
      }),
    );
    yield* sleep(10);
    yield;
    task.cancel();
    const error = yield* failureOf(task);
    assert.ok(isCancelled(error));
    assert.equal(task.cancelling(), 1);
  });
});

test("a cancellation from outside that comes while a cancelled group waits for its tasks goes on", () => {
  onLoop(function* () {
    const task = createTask(
      taskGroup(function* (group) {
        group.createTask(function* () {
          yield* failureOf(sleep(1000));
          yield* sleep(50);
        });
        yield* sleep(10);
        group.cancel();
      }),
    );
    yield* sleep(20);
    task.cancel("from outside");
    const error = yield* failureOf(task);
    assert.ok(isCancelled(error) && error.msg === "from outside");
  });
});

test("an eager task that cancels the group in its first step is cancelled with it", () => {
  onLoop(function* ({ loop }) {
    yield* taskGroup((group) => {
      group.createTask(
        function* () {
          group.cancel();
          yield* sleep(1000);
        },
        { eagerStart: true },
      );
    });
    assert.equal(loop.time(), 0);
  });
});

test("cancel() under a deadline leaves the deadline its effect", () => {
  onLoop(function* () {
    const error = yield* failureOf(
      timeout(20, function* () {
        yield* taskGroup(function* (group) {
          group.createTask(sleep(1000));
          group.cancel();
          yield;
        });
        yield* sleep(1000);
      }),
    );
    assert.ok(error instanceof TimeoutError);
  });
});
