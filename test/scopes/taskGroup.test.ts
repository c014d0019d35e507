import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createTask,
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

test("a group waits for its tasks and gives the body's result", () => {
  onLoop(function* ({ loop, trace }) {
    const result = yield* taskGroup(function* (group) {
      group.createTask(sleep(30)).addDoneCallback(trace.adder("slow"));
      group.createTask(sleep(10)).addDoneCallback(trace.adder("quick"));
      yield* sleep(20);
      trace.add("body");
      return "result";
    });
    assert.equal(result, "result");
    assert.equal(loop.time(), 30);
    trace.assertIs(["quick", "body", "slow"]);
  });
});

test("a group without tasks ends without a pass through the loop", () => {
  onLoop(function* ({ loop, trace }) {
    loop.callSoon(trace.adder("next iteration"));
    yield* taskGroup(() => {});
    trace.add("ended");
    yield;
    trace.assertIs(["ended", "next iteration"]);
  });
});

test("createTask takes what loop.createTask takes, with its options", () => {
  onLoop(function* () {
    yield* taskGroup(function* (group) {
      const named = group.createTask((task: Task<unknown>) => task.getName(), { name: "named" });
      assert.equal(yield* named, "named");
      const eager = group.createTask(() => 1, { eagerStart: true });
      assert.equal(eager.done(), true);
    });
  });
});

test("tasks may be added while the group waits for others", () => {
  onLoop(function* ({ loop }) {
    yield* taskGroup((group: TaskGroup) => {
      group.createTask(function* () {
        yield* sleep(10);
        group.createTask(sleep(10));
      });
    });
    assert.equal(loop.time(), 20);
  });
});

test("a task that is cancelled alone concerns nobody else", () => {
  onLoop(function* ({ loop }) {
    const result = yield* taskGroup((group: TaskGroup) => {
      group.createTask(sleep(1000)).cancel();
      group.createTask(sleep(10));
      return "result";
    });
    assert.equal(result, "result");
    assert.equal(loop.time(), 10);
  });
});

test("a cancellation from outside cancels the tasks and goes on, with its message", () => {
  onLoop(function* () {
    let inner: Task<undefined> | undefined;
    for (const wait of [sleep(1000), sleep(0)]) {
      const task = createTask(
        taskGroup(function* (group) {
          inner = group.createTask(sleep(1000));
          yield* wait;
        }),
      );
      yield* sleep(5);
      task.cancel("from outside");
      const error = yield* failureOf(task);
      assert.ok(isCancelled(error) && error.msg === "from outside");
      assert.equal(inner!.cancelled(), true);
      assert.equal(task.cancelling(), 1);
    }
  });
});

test("a cancellation from outside does not cut the waiting for tasks short", () => {
  onLoop(function* ({ loop }) {
    const task = createTask(
      taskGroup((group: TaskGroup) => {
        group.createTask(function* () {
          yield* failureOf(sleep(1000));
          yield* sleep(30);
        });
      }),
    );
    yield* sleep(10);
    task.cancel();
    yield* sleep(10);
    task.cancel();
    const error = yield* failureOf(task);
    assert.ok(isCancelled(error));
    assert.equal(loop.time(), 40);
  });
});

test("a deadline over a group ends its tasks and is a TimeoutError", () => {
  onLoop(function* ({ loop }) {
    let task: Task<undefined> | undefined;
    const error = yield* failureOf(
      timeout(10, () => taskGroup((group: TaskGroup) => void (task = group.createTask(sleep(1000))))),
    );
    assert.ok(error instanceof TimeoutError);
    assert.equal(task!.cancelled(), true);
    assert.equal(loop.time(), 10);
  });
});

test("a group describes its tasks, errors and state", () => {
  onLoop(function* ({ trace }) {
    let group: TaskGroup | undefined;
    yield* failureOf(
      taskGroup(function* (inner) {
        group = inner;
        trace.add(String(inner));
        inner.createTask(sleep(1000));
        inner.createTask(failAfter(10, first));
        trace.add(String(inner));
        try {
          yield* sleep(1000);
        } finally {
          trace.add(String(inner));
        }
      }),
    );
    trace.add(String(group));
    const entered = ["<TaskGroup entered>", "<TaskGroup tasks=2 entered>"];
    trace.assertIs([...entered, "<TaskGroup tasks=1 errors=1 cancelling>", "<TaskGroup cancelling>"]);
  });
});
