// What may stand in the body of an async generator, and whose it is while it runs.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  anext,
  asyncGenerator,
  ContextVar,
  coroutine,
  createTask,
  currentTask,
  emit,
  forEach,
  isCancelled,
  sleep,
  StopAsyncIteration,
  type Steps,
} from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onLoop } from "../support/onLoop.js";

const countTo = asyncGenerator(function* (limit: number): Steps<void> {
  for (let i = 1; i <= limit; i++) {
    yield* sleep(1);
    yield* emit(i);
  }
});

test("each step may be taken by another task, and belongs to it", () => {
  onLoop(function* () {
    const whoAmI = asyncGenerator(function* (): Steps<void> {
      for (;;) {
        yield* sleep(1);
        yield* emit(currentTask()!.getName());
      }
    });
    const generator = whoAmI();
    for (const name of ["a", "b", "c"]) assert.equal(yield* createTask(generator.asend(), { name }), name);
    yield* generator.aclose();
  });
});

test("the body runs in the context of whoever takes the step", () => {
  onLoop(function* () {
    const variable = new ContextVar<string>("variable", { default: "unset" });
    const reader = asyncGenerator(function* (): Steps<void> {
      for (;;) yield* emit(variable.get());
    });
    const generator = reader();
    assert.equal(yield* generator.asend(), "unset");
    variable.set("set by the caller");
    assert.equal(yield* generator.asend(), "set by the caller");
    yield* generator.aclose();
  });
});

test("cancelling a step raises CancelledError in the body, which may clean up", () => {
  onLoop(function* ({ trace }) {
    const slow = asyncGenerator(function* (): Steps<void> {
      try {
        yield* sleep(1000);
        yield* emit(1);
      } finally {
        yield* sleep(1);
        trace.add("cleaned up");
      }
    });
    const generator = slow();
    const step = createTask(generator.asend());
    yield;
    step.cancel();
    assert.ok(isCancelled(yield* failureOf(step)));
    trace.assertIs(["cleaned up"]);
    assert.ok((yield* failureOf(generator.asend())) instanceof StopAsyncIteration);
  });
});

test("emit outside of an async generator's body is a RuntimeError, in what the body calls too", () => {
  onLoop(function* () {
    const message = "RuntimeError: emit() belongs in the body of an asyncGenerator function";
    assert.equal(String(yield* failureOf(emit(1))), message);
    const helper = coroutine(function* () {
      yield* emit(1);
    });
    const generator = asyncGenerator(function* (): Steps<void> {
      yield* helper();
    })();
    assert.equal(String(yield* failureOf(generator.asend())), message);
  });
});

test("a generator that an async generator delegates to may emit", () => {
  onLoop(function* () {
    const part = function* (from: number): Steps<void> {
      yield* emit(from);
      yield* emit(from + 1);
    };
    const whole = asyncGenerator(function* (): Steps<void> {
      yield* part(1);
      yield* part(10);
    });
    const values: unknown[] = [];
    yield* forEach(whole(), (value) => void values.push(value));
    assert.deepEqual(values, [1, 2, 10, 11]);
  });
});

test("async generators may iterate over one another", () => {
  onLoop(function* () {
    const doubled = asyncGenerator(function* (limit: number): Steps<void> {
      const source = countTo(limit);
      for (;;) {
        try {
          yield* emit(2 * ((yield* anext(source)) as number));
        } catch (error) {
          if (error instanceof StopAsyncIteration) return;
          throw error;
        }
      }
    });
    const values: unknown[] = [];
    yield* forEach(doubled(3), (value) => void values.push(value));
    assert.deepEqual(values, [2, 4, 6]);
  });
});

test("the generator function gets this and its arguments", () => {
  onLoop(function* () {
    const holder = {
      base: 10,
      numbers: asyncGenerator(function* (this: { base: number }, more: number): Steps<void> {
        yield* emit(this.base + more);
      }),
    };
    const generator = holder.numbers(5);
    assert.equal(yield* generator.asend(), 15);
    yield* generator.aclose();
  });
});

test("asyncGenerator refuses what is no generator function", () => {
  assert.throws(() => asyncGenerator(5 as never), {
    name: "TypeError",
    message: "asyncGenerator expects a generator function, got 5",
  });
  assert.throws(() => asyncGenerator((() => 5) as never)(), {
    name: "TypeError",
    message: "asyncGenerator expects a generator function; this one returned 5",
  });
});
