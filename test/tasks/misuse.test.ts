// Each misuse of tasks and coroutines: the class of the error, its message, and that the loop goes on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { coroutine, createTask, sleep, Task, type Steps } from "../../bindings/index.js";
import { onLoop } from "../support/onLoop.js";

test("a task that awaits itself gets a RuntimeError and goes on", () => {
  onLoop(function* () {
    for (const isPlain of [true, false]) {
      const task: Task<string> = createTask(
        function* (): Steps<string> {
          try {
            if (isPlain) yield task;
            else yield* task;
            return "awaited";
          } catch (error) {
            assert.throws(
              () => {
                throw error;
              },
              { name: "RuntimeError", message: /^Task cannot await on itself: <Task pending name='selfish'/ },
            );
            return yield* sleep(1, "went on");
          }
        },
        { name: "selfish" },
      );
      assert.equal(yield* task, "went on");
    }
  });
});

test("a task that awaits itself and is cancelled and uncancelled meanwhile still gets the RuntimeError", () => {
  onLoop(function* () {
    const task: Task<unknown> = createTask(function* (): Steps<unknown> {
      try {
        yield* task;
        return "awaited";
      } catch (error) {
        return error;
      }
    });
    yield;
    task.cancel("a request that is taken back");
    task.uncancel();
    const error = yield* task;
    assert.equal((error as Error).name, "RuntimeError");
  });
});

const NOT_AWAITABLE: readonly (readonly [unknown, string])[] = [
  [5, "5"],
  ["text", '"text"'],
  [null, "null"],
  [true, "true"],
  [{}, "an object of class Object"],
  [[], "an object of class Array"],
  [function unfinished() {}, "function unfinished"],
  [Symbol("s"), "Symbol(s)"],
];

test("yielding what is not awaitable is a TypeError at the yield that quotes it", () => {
  onLoop(function* () {
    for (const [value, quoted] of NOT_AWAITABLE) {
      try {
        yield value;
        assert.fail(`${quoted} was awaited`);
      } catch (error) {
        assert.ok(error instanceof TypeError);
        assert.equal(
          error.message,
          `a task can not await ${quoted}: yield a coroutine, Future, Task or promise, or nothing to give way`,
        );
      }
    }
    assert.equal(yield* sleep(1, "still works"), "still works");
  });
});

test("a yield that nobody catches ends its task with the TypeError, and no other", () => {
  onLoop(function* () {
    const wrong = createTask(function* () {
      yield 5;
    });
    const right = createTask(sleep(1, "right"));
    assert.equal(yield* right, "right");
    assert.throws(() => wrong.result(), TypeError);
  });
});

test("createTask refuses what can not be a task", () => {
  onLoop(function* ({ loop }) {
    for (const [value, quoted] of NOT_AWAITABLE.filter(([value]) => typeof value !== "function")) {
      const error = {
        name: "TypeError",
        message: `createTask expects a function, coroutine or promise, got ${quoted}`,
      };
      assert.throws(() => createTask(value as never), error);
      assert.throws(() => loop.createTask(value as never), error);
    }
    yield* sleep(1);
  });
});

test("createTask of a Future is a TypeError that says what to do", () => {
  onLoop(function* ({ loop }) {
    const message = /got an object of class Future; it runs already: await it, or use ensureFuture$/;
    assert.throws(() => createTask(loop.createFuture()), { name: "TypeError", message });
    yield* sleep(1);
  });
});

test("new Task of what is not a coroutine is a TypeError", () => {
  onLoop(function* () {
    assert.throws(() => new Task(5 as never), { name: "TypeError", message: "a coroutine was expected, got 5" });
    yield* sleep(1);
  });
});

test("a task's result can not be set from outside", () => {
  onLoop(function* () {
    const task = createTask(sleep(1, "its own"));
    assert.throws(() => task.setResult(), {
      name: "RuntimeError",
      message: /^Task does not support set_result operation/,
    });
    assert.throws(() => task.setException(), { name: "RuntimeError", message: /^Task does not support set_exception/ });
    assert.equal(yield* task, "its own");
  });
});

test("coroutine refuses what is not a generator function", () => {
  onLoop(function* () {
    assert.throws(() => coroutine(5 as never), { message: "coroutine expects a generator function, got 5" });
    const plain = coroutine((() => 5) as never);
    assert.throws(() => plain(), {
      name: "TypeError",
      message: "coroutine expects a generator function; this one returned 5",
    });
    yield* sleep(1);
  });
});

test("yield* of a coroutine outside of a task is a RuntimeError that says what to write", () => {
  const generator = (function* () {
    yield* sleep(1);
  })();
  assert.throws(() => generator.next(), {
    name: "RuntimeError",
    message: /outside of a task.*plain code uses `await`/s,
  });
});

test("a name that can not be turned into text leaves no task behind", () => {
  onLoop(function* ({ trace }) {
    const name = { toString: () => assert.fail("no text") };
    assert.throws(() => createTask(trace.adder("ran"), { name }), { message: "no text" });
    yield* sleep(1);
    trace.assertIs([]);
  });
});
