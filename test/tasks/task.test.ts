import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ContextVar,
  copyContext,
  coroutine,
  createTask,
  Future,
  sleep,
  Task,
  type Steps,
} from "../../bindings/index.js";
import { runVirtual } from "../../bindings/testing.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

test("a task begins in the next iteration, not at once", () => {
  onLoop(function* ({ trace }) {
    const task = createTask(trace.adder("began"));
    trace.add("made");
    yield* task;
    trace.assertIs(["made", "began"]);
  });
});

test("a task's result is what its coroutine returns, its exception what that throws", () => {
  onLoop(function* () {
    const good = createTask(sleep(1, "result"));
    const error = new RangeError("failed");
    const bad = createTask(function* () {
      yield* sleep(1);
      throw error;
    });
    yield* sleep(2);
    assert.equal(good.result(), "result");
    assert.equal(good.exception(), null);
    assert.equal(bad.exception(), error);
    assert.throws(() => bad.result(), error);
  });
});

test("a task can be awaited any number of times, by any number of tasks", () => {
  onLoop(function* ({ trace }) {
    const task = createTask(sleep(5, "result"));
    const others = [1, 2].map((i) =>
      createTask(function* () {
        trace.add(`${i} ${yield* task}`);
      }),
    );
    for (const other of others) yield* other;
    assert.equal(yield* task, "result");
    assert.equal(yield task, "result");
    trace.assertIs(["1 result", "2 result"]);
  });
});

test("tasks without a name are numbered in the order of their creation", () => {
  onLoop(function* () {
    const tasks = [createTask(sleep(1)), createTask(sleep(1), { name: "named" }), createTask(sleep(1))];
    const numbers = [tasks[0]!, tasks[2]!].map((task) => Number(/^Task-(\d+)$/.exec(task.getName())?.[1]));
    assert.equal(numbers[1], numbers[0]! + 1);
    assert.equal(tasks[1]!.getName(), "named");
    yield* sleep(2);
  });
});

test("setName renames a task; a name is turned into text", () => {
  onLoop(function* () {
    const task = createTask(sleep(1), { name: 7 });
    assert.equal(task.getName(), "7");
    task.setName("other");
    assert.equal(task.getName(), "other");
    task.setName(null);
    assert.equal(task.getName(), "null");
    yield* task;
  });
});

test("getCoro gives what the task was made of", () => {
  onLoop(function* () {
    const c = sleep(1);
    const generator = (function* () {})();
    const body = (): void => {};
    assert.equal(createTask(c).getCoro(), c);
    assert.equal(createTask(generator).getCoro(), generator);
    assert.equal(createTask(body).getCoro(), body);
    yield* sleep(2);
  });
});

test("a task runs in a copy of the context it was created in", () => {
  onLoop(function* ({ trace }) {
    const variable = new ContextVar<string>("variable");
    variable.set("at creation");
    const task = createTask(function* () {
      trace.add(variable.get());
      variable.set("the task's own");
      yield;
      trace.add(variable.get());
    });
    variable.set("afterwards");
    yield* task;
    assert.equal(variable.get(), "afterwards");
    assert.equal(task.getContext().get(variable), "the task's own");
    trace.assertIs(["at creation", "the task's own"]);
  });
});

test("a task that is given a context runs in it", () => {
  onLoop(function* () {
    const variable = new ContextVar<number>("variable", { default: 0 });
    const context = copyContext();
    const increment = function* () {
      variable.set(variable.get() + 1);
      yield;
      variable.set(variable.get() + 1);
    };
    const tasks = [1, 2].map(() => createTask(increment, { context }));
    for (const task of tasks) {
      assert.equal(task.getContext(), context);
      yield* task;
    }
    assert.equal(context.get(variable), 4);
    assert.equal(variable.get(), 0);
  });
});

test("getContext gives the task's context, and always the same", () => {
  onLoop(function* () {
    const variable = new ContextVar<string>("variable");
    const task = createTask(function* () {
      variable.set("set");
      yield;
      variable.set("set again");
    });
    yield;
    const context = task.getContext();
    assert.equal(context.get(variable), "set");
    yield* task;
    assert.equal(task.getContext(), context);
    assert.equal(context.get(variable), "set again");
  });
});

test("the constructor makes a task of a coroutine on a given loop", () => {
  onLoop(function* ({ loop }) {
    const task = new Task(sleep(1, "result"), { loop, name: "constructed" });
    assert.ok(task instanceof Future);
    assert.equal(task.getName(), "constructed");
    assert.equal(yield* task, "result");
  });
});

test("a task describes its state, its name and what it waits for", () => {
  onLoop(function* ({ loop }) {
    const future = loop.createFuture<string>();
    const task = createTask(
      function* () {
        return yield* future;
      },
      { name: "waiter" },
    );
    yield;
    assert.match(String(task), /^<Task pending name='waiter' wait_for=<Future pending>>$/);
    future.setResult("result");
    yield* task;
    assert.match(String(task), /^<Task finished name='waiter' result="result">$/);
    assert.equal(Object.prototype.toString.call(task), "[object Task]");
  });
});

test("tasks that wait for each other can be described", () => {
  const stuck = function* (): Steps<void> {
    const tasks: Task<void>[] = ["a", "b"].map((name, i) =>
      createTask(
        function* (): Steps<void> {
          yield* tasks[1 - i]!;
        },
        { name },
      ),
    );
    yield;
    assert.match(String(tasks[0]), /name='a' wait_for=<Task pending name='b'>>$/);
    yield* tasks[0]!;
  };
  assert.throws(() => runVirtual(stuck), { name: "DeadlockError", message: /'b' waits for <Task pending name='a'/ });
});

test("a result that is itself awaitable comes back as it is from yield*, and flattened from await", async () => {
  await onHostLoop(async () => {
    const nested = coroutine(function* () {
      return sleep(1, "inner");
    });
    const task = createTask(function* () {
      const inner = yield* nested();
      return yield* inner;
    });
    assert.equal(await task, "inner");
    assert.equal(await nested(), "inner");
  });
});
