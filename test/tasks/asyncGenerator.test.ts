// Async generators: their steps, and how they end. (asyncGeneratorEnd.test.ts: what happens to those nobody ends.)
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  anext,
  asyncGenerator,
  createTask,
  emit,
  isCancelled,
  RuntimeError,
  sleep,
  StopAsyncIteration,
  type Steps,
} from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

const countTo = asyncGenerator(function* (limit: number): Steps<void> {
  for (let i = 1; i <= limit; i++) {
    yield* sleep(1);
    yield* emit(i);
  }
});

/** Emits what it is sent, and notes what is done to it. */
const echo = asyncGenerator(function* (note: (event: string) => void): Steps<void> {
  let sent: unknown = "first";
  try {
    for (;;) {
      try {
        sent = yield* emit<unknown>(sent);
        note(`sent ${String(sent)}`);
      } catch (error) {
        if (isCancelled(error)) throw error;
        note(`thrown ${(error as Error).message}`);
        sent = "after the error";
      }
    }
  } finally {
    yield* sleep(1);
    note("closed");
  }
});

test("nothing of the body runs until the first step", () => {
  onLoop(function* ({ trace }) {
    const generator = echo((event) => trace.add(event));
    yield* sleep(1);
    trace.assertIs([]);
    assert.equal(yield* generator.asend(), "first");
    yield* generator.aclose();
    trace.assertIs(["closed"]);
  });
});

test("asend gives the emitted values one by one and StopAsyncIteration at the end, as often as it is asked", () => {
  onLoop(function* () {
    const generator = countTo(2);
    assert.equal(yield* generator.asend(), 1);
    assert.equal(yield* anext(generator), 2);
    for (let i = 0; i < 2; i++) assert.ok((yield* failureOf(generator.asend())) instanceof StopAsyncIteration);
  });
});

test("what asend sends is the result of the pending emit", () => {
  onLoop(function* ({ trace }) {
    const generator = echo((event) => trace.add(event));
    yield* generator.asend();
    assert.equal(yield* generator.asend("a value"), "a value");
    assert.equal(yield* generator.asend(), undefined);
    yield* generator.aclose();
    trace.assertIs(["sent a value", "sent undefined", "closed"]);
  });
});

test("sending a value before the first emit is a TypeError, null and undefined are not", () => {
  onLoop(function* ({ trace }) {
    const generator = echo((event) => trace.add(event));
    const error = yield* failureOf(generator.asend("too early"));
    assert.ok(error instanceof TypeError && /just-started async generator/.test(error.message));
    assert.equal(yield* generator.asend(null), "first");
    yield* generator.aclose();
  });
});

test("athrow raises its error at the pending emit and gives the next value", () => {
  onLoop(function* ({ trace }) {
    const generator = echo((event) => trace.add(event));
    yield* generator.asend();
    assert.equal(yield* generator.athrow(new Error("thrown in")), "after the error");
    yield* generator.aclose();
    trace.assertIs(["thrown thrown in", "closed"]);
  });
});

test("an error that the body does not catch comes out of the step and ends the generator", () => {
  onLoop(function* () {
    const generator = countTo(5);
    yield* generator.asend();
    const error = new RangeError("not caught");
    assert.equal(yield* failureOf(generator.athrow(error)), error);
    assert.ok((yield* failureOf(generator.asend())) instanceof StopAsyncIteration);
    assert.equal(yield* generator.athrow(new Error("too late")), undefined);
    assert.equal(yield* generator.aclose(), undefined);
  });
});

test("athrow before the first step raises the error without running the body", () => {
  onLoop(function* ({ trace }) {
    const generator = echo((event) => trace.add(event));
    const error = new Error("at once");
    assert.equal(yield* failureOf(generator.athrow(error)), error);
    assert.ok((yield* failureOf(generator.asend())) instanceof StopAsyncIteration);
    trace.assertIs([]);
  });
});

test("aclose ends the body at its emit; its finally blocks may await", () => {
  onLoop(function* ({ loop, trace }) {
    const generator = echo((event) => trace.add(`${event} at ${loop.time()}`));
    yield* generator.asend();
    assert.equal(yield* generator.aclose(), undefined);
    trace.assertIs(["closed at 1"]);
    assert.equal(yield* generator.aclose(), undefined);
  });
});

test("aclose before the first step ends the generator without running its body", () => {
  onLoop(function* ({ trace }) {
    const generator = echo((event) => trace.add(event));
    yield* generator.aclose();
    assert.ok((yield* failureOf(generator.asend())) instanceof StopAsyncIteration);
    trace.assertIs([]);
  });
});

test("a body that emits while it is being closed is a RuntimeError", () => {
  onLoop(function* () {
    const stubborn = asyncGenerator(function* (): Steps<void> {
      try {
        yield* emit(1);
      } finally {
        yield* emit(2);
      }
    });
    const generator = stubborn();
    yield* generator.asend();
    const error = yield* failureOf(generator.aclose());
    assert.ok(error instanceof RuntimeError && /ignored GeneratorExit/.test(error.message), String(error));
    yield* generator.aclose();
  });
});

test("a StopAsyncIteration of the body's own becomes a RuntimeError, so that no loop ends by it", () => {
  onLoop(function* () {
    const inner = new StopAsyncIteration();
    const broken = asyncGenerator(function* (): Steps<void> {
      yield* emit(1);
      throw inner;
    });
    const generator = broken();
    yield* generator.asend();
    const error = yield* failureOf(generator.asend());
    assert.ok(error instanceof RuntimeError);
    assert.equal(error.message, "async generator raised StopAsyncIteration");
    assert.equal(error.cause, inner);
  });
});

for (const method of ["asend", "athrow", "aclose"] as const) {
  test(`${method} while a step is on its way is a RuntimeError and leaves that step alone`, () => {
    onLoop(function* () {
      const generator = countTo(1);
      const first = createTask(generator.asend());
      yield;
      const error = yield* failureOf(
        method === "athrow" ? generator.athrow(new Error("meanwhile")) : generator[method](),
      );
      assert.ok(error instanceof RuntimeError);
      assert.equal(error.message, `${method}(): asynchronous generator is already running`);
      assert.equal(yield* first, 1);
      yield* generator.aclose();
    });
  });
}

test("a step is a coroutine: it is driven once, and does nothing until it is", () => {
  onLoop(function* () {
    const generator = countTo(3);
    const [first, second] = [generator.asend(), generator.asend()];
    assert.equal(yield* second, 1);
    assert.equal(yield* first, 2);
    assert.match(String(yield* failureOf(first)), /^RuntimeError: cannot reuse already awaited coroutine/);
    yield* generator.aclose();
  });
});

test("a native for await goes through the values, and leaving it early closes the generator", async () => {
  await onHostLoop(async ({ trace }) => {
    const values: unknown[] = [];
    for await (const value of countTo(3)) values.push(value);
    for await (const value of echo((event) => trace.add(event))) {
      values.push(value);
      break;
    }
    assert.deepEqual(values, [1, 2, 3, "first"]);
    trace.assertIs(["closed"]);
  });
});

test("next, throw and return give the platform's results as promises", async () => {
  await onHostLoop(async ({ trace }) => {
    const generator = echo((event) => trace.add(event));
    assert.equal(generator[Symbol.asyncIterator](), generator);
    assert.deepEqual(await generator.next(), { value: "first", done: false });
    assert.deepEqual(await generator.next("sent"), { value: "sent", done: false });
    assert.deepEqual(await generator.throw(new Error("in")), { value: "after the error", done: false });
    assert.deepEqual(await generator.return(), { value: undefined, done: true });
    assert.deepEqual(await generator.next(), { value: undefined, done: true });
    trace.assertIs(["sent sent", "thrown in", "closed"]);
  });
});
