import assert from "node:assert/strict";
import { test } from "node:test";
import { Coroutine, coroutine, isCoroutine, isCoroutineFunction, sleep, type Steps } from "../../bindings/index.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

test("calling a coroutine function starts nothing", () => {
  onLoop(function* ({ trace }) {
    const begin = coroutine(function* () {
      trace.add("began");
    });
    const c = begin();
    yield* sleep(5);
    trace.assertIs([]);
    yield* c;
    trace.assertIs(["began"]);
  });
});

test("a coroutine function keeps its arguments, its this and its name", () => {
  onLoop(function* () {
    const counter = {
      base: 40,
      add: coroutine(function* add(this: { base: number }, a: number, b: number) {
        yield;
        return this.base + a + b;
      }),
    };
    assert.equal(yield* counter.add(1, 1), 42);
    assert.equal(counter.add.name, "add");
  });
});

test("yield* of a coroutine runs it in place, without a turn of the loop of its own", () => {
  onLoop(function* ({ loop, trace }) {
    const inner = coroutine(function* () {
      trace.add("inner");
      return "result";
    });
    loop.callSoon(trace.adder("next turn"));
    trace.add(yield* inner());
    trace.add((yield inner()) as string);
    yield;
    trace.assertIs(["inner", "result", "inner", "result", "next turn"]);
  });
});

test("an exception passes from a coroutine to the one that awaits it", () => {
  onLoop(function* ({ trace }) {
    const failing = coroutine(function* (): Steps<void> {
      yield* sleep(1);
      throw new RangeError("failed");
    });
    const between = coroutine(function* (): Steps<void> {
      try {
        yield* failing();
      } finally {
        trace.add("between");
      }
    });
    for (const way of ["yield*", "yield"]) {
      try {
        if (way === "yield") yield between();
        else yield* between();
        assert.fail("no error");
      } catch (error) {
        assert.ok(error instanceof RangeError);
        trace.add(way);
      }
    }
    trace.assertIs(["between", "yield*", "between", "yield"]);
  });
});

test("coroutines call each other to a depth of a hundred thousand and suspend there", () => {
  onLoop(function* () {
    const down = coroutine(function* (depth: number): Steps<number> {
      if (depth > 0) return 1 + (yield* down(depth - 1));
      yield* sleep(1);
      return 0;
    });
    assert.equal(yield* down(100_000), 100_000);
  });
});

test("an error passes through ten thousand calls, and each finally runs", () => {
  onLoop(function* () {
    let cleaned = 0;
    const fail = coroutine(function* (depth: number): Steps<void> {
      if (depth === 0) throw new Error("at the bottom");
      try {
        yield* fail(depth - 1);
      } finally {
        cleaned++;
      }
    });
    try {
      yield* fail(10_000);
    } catch (error) {
      assert.equal((error as Error).message, "at the bottom");
    }
    assert.equal(cleaned, 10_000);
  });
});

test("with plain yield the depth is not limited by the engine's stack", () => {
  onLoop(function* () {
    const down = coroutine(function* (depth: number): Steps<number> {
      if (depth > 0) return 1 + ((yield down(depth - 1)) as number);
      yield* sleep(1);
      return 0;
    });
    assert.equal(yield down(100_000), 100_000);
  });
});

test("a recursion that does not end is a RangeError in its task, and the loop goes on", () => {
  onLoop(function* () {
    const endless = coroutine(function* (): Steps<void> {
      yield* endless();
    });
    try {
      yield* endless();
      assert.fail("it ended");
    } catch (error) {
      assert.ok(error instanceof RangeError);
    }
    assert.equal(yield* sleep(1, "goes on"), "goes on");
  });
});

test("isCoroutine knows Coroutines only, isCoroutineFunction what coroutine() returned", () => {
  const plain = function* (): Steps<void> {};
  const made = coroutine(plain);
  assert.ok(isCoroutine(made()) && made() instanceof Coroutine && isCoroutine(sleep(1)));
  for (const other of [plain(), made, plain, Promise.resolve(), null, 5]) assert.equal(isCoroutine(other), false);
  assert.equal(isCoroutineFunction(made), true);
  for (const other of [plain, made(), sleep, async () => {}, null, 5]) assert.equal(isCoroutineFunction(other), false);
});

test("a coroutine says what it is and is taken for a promise's like", async () => {
  await onHostLoop(async () => {
    assert.equal(Object.prototype.toString.call(sleep(1)), "[object Coroutine]");
    const make = coroutine(function* () {
      yield* sleep(1);
      return "result";
    });
    const native = async (): Promise<string> => make();
    assert.equal(await native(), "result");
  });
});
