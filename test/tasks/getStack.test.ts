import assert from "node:assert/strict";
import { test } from "node:test";
import { coroutine, createTask, currentTask, Future, sleep, type Task } from "../../bindings/index.js";
import { runVirtual } from "../../bindings/testing.js";
import "../support/core.js";

/** The functions that the lines name, without places. */
const namesIn = (lines: readonly string[]): string[] => lines.map((line) => /at (?:async )?([\w.]+)/.exec(line)![1]!);
const isPlace = (line: string): boolean => /getStack\.test\.[jt]s:\d+:\d+\)?$/.test(line);

const inner = coroutine(function* inner(): Generator<unknown, void, unknown> {
  yield* sleep(10);
  throw new Error("deep");
});
const middle = coroutine(function* middle(): Generator<unknown, void, unknown> {
  yield* sleep(10);
  yield* inner();
});
const outer = coroutine(function* outer(): Generator<unknown, void, unknown> {
  yield* sleep(10);
  yield* middle();
});

/** What `look` sees of a task that drives outer(), 25 ms after it has begun. */
function lookAt<T>(look: (task: Task<void>) => T, debug: boolean, after = 25): T {
  return runVirtual(
    function* () {
      const task = createTask(outer());
      yield* sleep(after);
      const seen = look(task);
      task.cancel();
      if (task.done() && !task.cancelled()) task.exception();
      return seen;
    },
    { debug },
  );
}

test("a suspended task's stack names its coroutines, the oldest first", () => {
  assert.deepEqual(namesIn(lookAt((task) => task.getStack(), false)), ["outer", "middle", "inner"]);
});

test("in debug mode a suspended task's stack tells the place where each coroutine waits", () => {
  const lines = lookAt((task) => task.getStack(), true);
  assert.deepEqual(namesIn(lines), ["outer", "middle", "inner"]);
  for (const line of lines) assert.ok(isPlace(line), line);
  assert.equal(new Set(lines).size, 3);
});

test("a limit keeps the newest frames of a suspended task", () => {
  assert.deepEqual(
    lookAt((task) => [1, 2, 9, 0, -1].map((limit) => namesIn(task.getStack({ limit }))), false),
    [["inner"], ["middle", "inner"], ["outer", "middle", "inner"], [], []],
  );
});

test("a failed task's stack has the frames of its error, innermost last; a limit keeps the oldest", () => {
  const [lines, limited] = lookAt((task) => [task.getStack(), task.getStack({ limit: 1 })] as const, false, 40);
  assert.deepEqual(namesIn(lines), ["outer", "middle", "inner"]);
  for (const line of lines) assert.ok(isPlace(line), line);
  assert.deepEqual(limited, lines.slice(0, 1));
});

test("a task that has finished or was cancelled has no stack", () => {
  runVirtual(function* () {
    const finished = createTask(sleep(1));
    const cancelled = createTask(sleep(5));
    yield* sleep(2);
    cancelled.cancel();
    yield* sleep(0);
    yield* sleep(0);
    assert.equal(cancelled.cancelled(), true);
    assert.deepEqual([finished.getStack(), cancelled.getStack()], [[], []]);
  });
});

test("the running task's stack ends where it asks", () => {
  const ask = coroutine(function* ask(): Generator<unknown, string[], unknown> {
    yield* sleep(1);
    return currentTask()!.getStack();
  });
  const lines = runVirtual(function* () {
    return yield* createTask(ask());
  });
  assert.deepEqual(namesIn(lines), ["ask"]);
  assert.ok(isPlace(lines[0]!), lines[0]);
});

test("coroutines that the engine runs inside of each other stand once in the running task's stack", () => {
  const ask = coroutine(function* ask(): Generator<unknown, string[], unknown> {
    return currentTask()!.getStack();
  });
  const through = coroutine(function* through(): Generator<unknown, string[], unknown> {
    yield* sleep(1);
    return yield* ask();
  });
  const above = coroutine(function* above(): Generator<unknown, string[], unknown> {
    const task = currentTask()!;
    yield* sleep(1);
    // Resumed by the driver: it and what it calls are on the engine's stack, `around` is not.
    const lines = yield* ask();
    assert.equal(currentTask(), task);
    return lines;
  });
  const around = coroutine(function* around(): Generator<unknown, string[], unknown> {
    return yield* above();
  });
  runVirtual(function* () {
    assert.deepEqual(namesIn(yield* createTask(through())), ["through", "ask"]);
    assert.deepEqual(namesIn(yield* createTask(around())), ["around", "above", "ask"]);
  });
});

test("a task's function has a stack while it is called, and its name before", () => {
  function work(task: Task<unknown>): { lines: string[] } {
    // In an object: for a tail call some engines would give up this frame.
    return { lines: task.getStack() };
  }
  runVirtual(function* () {
    const task = createTask(work);
    assert.deepEqual(task.getStack(), ["at async work"]);
    const { lines } = yield* task;
    assert.deepEqual(namesIn(lines), ["work"]);
    assert.ok(isPlace(lines[0]!), lines[0]);
  });
});

test("a limit that is no whole number is refused", () => {
  assert.throws(
    () => lookAt((task) => task.getStack({ limit: 1.5 }), false),
    /the limit of a stack must be an integer/,
  );
});

test("printStack writes a title and the stack, for a failed task its error as well", () => {
  const printed = (after: number): string =>
    lookAt(
      (task) => {
        const texts: string[] = [];
        task.printStack({ file: { write: (text) => texts.push(text) } });
        return texts.join("");
      },
      false,
      after,
    );
  const suspended = printed(25).split("\n");
  assert.match(suspended[0]!, /^Stack for <Task pending name='Task-\d+'.*> \(most recent call last\):$/);
  assert.deepEqual(suspended.slice(1), ["  at async outer", "  at async middle", "  at async inner", ""]);
  assert.match(printed(40), /^Traceback for <Task finished .*\n( {2}at .*\n){3}Error: deep\n$/);
});

test("printStack of a task that is done says that there is none", () => {
  const text = runVirtual(function* () {
    const task = createTask(sleep(1));
    yield* sleep(2);
    const texts: string[] = [];
    task.printStack({ file: { write: (line) => texts.push(line) } });
    return texts.join("");
  });
  assert.match(text, /^No stack for <Task finished name='Task-\d+' result=undefined>\n$/);
});

test("an error keeps the stack that it has when it is frozen", () => {
  const error = Object.freeze(new Error("frozen"));
  const failing = coroutine(function* failing(): Generator<unknown, never, unknown> {
    yield* sleep(1);
    throw error;
  });
  const { stack } = error;
  assert.throws(
    () =>
      runVirtual(function* () {
        yield* failing();
      }),
    (raised) => raised === error,
  );
  assert.equal(error.stack, stack);
});

test("an error object that is raised again and again does not grow for ever", () => {
  const error = new Error("shared");
  const failing = coroutine(function* failing(): Generator<unknown, never, unknown> {
    yield* sleep(0);
    throw error;
  });
  runVirtual(function* () {
    for (let i = 0; i < 500; i++) {
      try {
        yield* failing();
      } catch {
        yield;
      }
    }
  });
  assert.ok(error.stack!.split("\n").length < 100, error.stack);
});

test("where a failed future was awaited is part of the error's stack", () => {
  const waits = coroutine(function* waits(future: Future<void>): Generator<unknown, void, unknown> {
    yield* future;
  });
  const stack = runVirtual(function* () {
    const future = new Future<void>();
    const task = createTask(waits(future));
    yield* sleep(1);
    future.setException(new Error("set elsewhere"));
    yield* sleep(1);
    return (task.exception() as Error).stack!;
  });
  assert.match(stack, /at async waits \(.*getStack\.test/);
});
