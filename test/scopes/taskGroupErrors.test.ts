import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createTask,
  currentTask,
  ExceptionGroup,
  isCancelled,
  sleep,
  taskGroup,
  timeout,
  TimeoutError,
  type Steps,
  type Task,
  type TaskGroup,
} from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onLoop } from "../support/onLoop.js";

function* failAfter(delay: number, error: unknown): Steps<never> {
  yield* sleep(delay);
  throw error;
}

const first = new RangeError("first");
const second = new TypeError("second");

test("a task that fails cancels the body and the other tasks, oldest first", () => {
  onLoop(function* ({ loop, trace }) {
    const error = yield* failureOf(
      taskGroup(function* (group) {
        for (const name of ["a", "b"]) {
          group.createTask(function* () {
            try {
              yield* sleep(1000);
            } finally {
              trace.add(`${name} cancelled at ${loop.time()}`);
            }
          });
        }
        group.createTask(failAfter(10, first));
        try {
          yield* sleep(1000);
        } finally {
          trace.add(`body cancelled at ${loop.time()}`);
        }
      }),
    );
    assert.ok(error instanceof ExceptionGroup);
    assert.equal(error.message, "unhandled errors in a TaskGroup (1 sub-exception)");
    assert.deepEqual(error.errors, [first]);
    assert.equal(currentTask()!.cancelling(), 0);
    trace.assertIs(["a cancelled at 10", "b cancelled at 10", "body cancelled at 10"]);
  });
});

test("all failures arrive together, the body's last", () => {
  onLoop(function* () {
    const error = yield* failureOf(
      taskGroup(function* (group) {
        group.createTask(failAfter(10, first));
        group.createTask(function* () {
          yield* failureOf(sleep(1000));
          throw second;
        });
        yield* failureOf(sleep(1000));
        throw new Error("body");
      }),
    );
    assert.deepEqual((error as ExceptionGroup).errors.map(String), [String(first), String(second), "Error: body"]);
  });
});

test("two tasks that fail in the same iteration are both in the group", () => {
  onLoop(function* () {
    const error = yield* failureOf(
      taskGroup((group: TaskGroup) => {
        group.createTask(failAfter(10, first));
        group.createTask(failAfter(10, second));
      }),
    );
    assert.deepEqual((error as ExceptionGroup).errors, [first, second]);
  });
});

test("an error of the body cancels the tasks", () => {
  onLoop(function* ({ loop }) {
    let task: Task<undefined> | undefined;
    const error = yield* failureOf(
      taskGroup(function* (group) {
        task = group.createTask(sleep(1000));
        yield;
        throw first;
      }),
    );
    assert.deepEqual((error as ExceptionGroup).errors, [first]);
    assert.equal(task!.cancelled(), true);
    assert.equal(loop.time(), 0);
  });
});

test("of a cancellation from outside and a failed task both arrive: the group now, the cancellation next", () => {
  onLoop(function* ({ loop }) {
    let error: unknown;
    let next: unknown;
    const task = createTask(function* () {
      error = yield* failureOf(
        taskGroup(function* (group) {
          group.createTask(failAfter(10, first));
          yield* sleep(1000);
        }),
      );
      assert.equal(currentTask()!.cancelling(), 1);
      next = yield* failureOf(sleep(1000));
    });
    loop.callAt(10, () => loop.callSoon(() => task.cancel()));
    yield* task;
    assert.deepEqual((error as ExceptionGroup).errors, [first]);
    assert.ok(isCancelled(next));
    assert.equal(loop.time(), 10);
  });
});

test("a task that fails while it is cancelled from outside turns the cancellation into a group", () => {
  onLoop(function* () {
    const task = createTask(
      taskGroup((group: TaskGroup) => {
        group.createTask(function* () {
          yield* failureOf(sleep(1000));
          throw first;
        });
      }),
    );
    yield* sleep(5);
    task.cancel();
    const error = yield* failureOf(task);
    assert.deepEqual((error as ExceptionGroup).errors, [first]);
  });
});

test("a failing inner group ends the outer one, group in group", () => {
  onLoop(function* () {
    const error = yield* failureOf(
      taskGroup((outer: TaskGroup) => {
        outer.createTask(taskGroup((inner: TaskGroup) => void inner.createTask(failAfter(10, first))));
        outer.createTask(sleep(1000));
      }),
    );
    const [inner] = (error as ExceptionGroup).errors;
    assert.deepEqual((inner as ExceptionGroup).errors, [first]);
    assert.equal((error as ExceptionGroup).subgroup(RangeError)!.errors.length, 1);
  });
});

test("a deadline inside a group is an ordinary failure of the group", () => {
  onLoop(function* () {
    const error = yield* failureOf(taskGroup(() => timeout(10, () => sleep(1000))));
    assert.ok((error as ExceptionGroup).errors[0] instanceof TimeoutError);
    assert.equal(currentTask()!.cancelling(), 0);
  });
});

test("what a body throws that is no Error arrives as it was thrown", () => {
  onLoop(function* () {
    const error = yield* failureOf(
      taskGroup(() => {
        throw undefined;
      }),
    );
    assert.deepEqual((error as ExceptionGroup).errors, [undefined]);
  });
});
