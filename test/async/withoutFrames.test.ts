// The generator of an eager compiled call runs without a frame for as long as nobody needs one; what looks like it, and who
// asks for frames, must not be mistaken.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asyncToGenerator } from "../../bindings/async/eager.js";
import { allTasks, coroutine, createTask, sleep, taskGroup, type Steps, type Task } from "../../bindings/index.js";
import { runVirtual } from "../../bindings/testing.js";
import "../support/core.js";

function compiled<A extends unknown[]>(
  body: (...args: A) => Generator<unknown, unknown, unknown>,
): (...args: A) => Task<unknown> {
  return asyncToGenerator(body as never) as (...args: A) => Task<unknown>;
}

/** Runs `body` as a compiled function that has suspended once and whose caller awaits it at once. */
function afterASuspension(body: () => Generator<unknown, unknown, unknown>): unknown {
  const call = compiled(function* call() {
    yield null;
    return yield* body();
  });
  const caller = compiled(function* caller() {
    yield null;
    // In an object, so that nothing after this awaits an awaitable that has got here.
    return { result: yield call() };
  });
  const { result } = runVirtual(function* (): Steps<unknown> {
    return yield caller();
  }) as { result: unknown };
  return result;
}

const pause = compiled(function* pause() {
  yield null;
  return "paused";
});

test("a call that a plain function makes and drops goes on when the function has returned", () => {
  let left: Task<unknown> | null = null;
  runVirtual(function* (): Steps<void> {
    yield* createTask(() => {
      left = pause();
    });
    assert.equal(yield* left!, "paused");
  });
});

test("a call that a listener makes while a task ends goes on", () => {
  let left: Task<unknown> | null = null;
  const fail = compiled(function* fail() {
    yield null;
    yield null;
    throw new Error("as asked");
  });
  runVirtual(function* (): Steps<void> {
    const group = taskGroup(function* (scope): Steps<void> {
      scope.signal.addEventListener("abort", () => {
        left = pause();
      });
      scope.createTask(fail());
      yield* sleep(1);
    });
    try {
      yield* group;
    } catch {
      // What matters is the call that the listener made.
    }
    assert.equal(yield* left!, "paused");
  });
});

test("a caller that waits without a frame has its name in its stack", () => {
  const leaf = compiled(function* leaf() {
    yield null;
    return [...allTasks()].map((task) => task.getStack()[0]);
  });
  const middle = compiled(function* middle() {
    yield null;
    return yield leaf();
  });
  const stacks = afterASuspension(function* () {
    return yield middle();
  }) as string[];
  assert.equal(stacks.at(-2), "at async middle");
});

test("a caller in its first step has its name in its stack", () => {
  const leaf = compiled(function* leaf() {
    return [...allTasks()].map((task) => task.getStack()[0]);
  });
  const middle = compiled(function* middle() {
    return yield leaf();
  });
  const stacks = runVirtual(function* main(): Steps<unknown> {
    return yield middle();
  }) as string[];
  assert.equal(stacks[1], "at async middle");
});

test("a coroutine is awaited by `yield*` from a body without a frame, whether it suspends or not", () => {
  const atOnce = coroutine(function* () {
    return "at once";
  });
  const later = coroutine(function* (): Steps<string> {
    yield* sleep(1);
    yield;
    return "later";
  });
  const results = afterASuspension(function* () {
    return [yield* atOnce(), yield* later(), yield pause(), yield* later()];
  });
  assert.deepEqual(results, ["at once", "later", "paused", "later"]);
});

test("an error of a coroutine that a body without a frame awaits by `yield*` is caught there", () => {
  const failing = coroutine(function* (): Steps<void> {
    yield* sleep(1);
    throw new Error("deep");
  });
  const caught = afterASuspension(function* () {
    try {
      yield* failing();
    } catch (error) {
      return [(error as Error).message, yield pause()];
    }
    return "nothing";
  });
  assert.deepEqual(caught, ["deep", "paused"]);
});

test("an awaitable that a body without a frame returns is awaited", () => {
  assert.equal(
    afterASuspension(function* () {
      return sleep(1, "slept");
    }),
    "slept",
  );
});
