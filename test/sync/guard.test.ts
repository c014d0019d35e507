import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import {
  Barrier,
  BoundedSemaphore,
  Condition,
  coroutine,
  createTask,
  Event,
  Lock,
  Queue,
  Semaphore,
  sleep,
  type Body,
  type Coroutine,
} from "../../bindings/index.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

/** What a guard has, and nothing more. */
interface Guard extends Disposable {
  release(): void;
}

interface Guarded {
  acquire(): Coroutine<Guard>;
  release(): void;
  locked(): boolean;
  with<T>(body: Body<T, [guard: Guard]>): Coroutine<T>;
}

const kinds: readonly (new () => Guarded)[] = [Lock, Condition, Semaphore, BoundedSemaphore];

const later = coroutine(function* () {
  yield* sleep(1);
  return "coroutine";
});

for (const Kind of kinds) {
  test(`${Kind.name}: \`using\` releases at the end of the block`, () => {
    onLoop(function* () {
      const guarded = new Kind();
      {
        using _guard = yield* guarded.acquire();
        assert.equal(guarded.locked(), true);
        yield;
      }
      assert.equal(guarded.locked(), false);
    });
  });

  test(`${Kind.name}: after an explicit release through the guard the end of the block does nothing`, () => {
    onLoop(function* () {
      const guarded = new Kind();
      {
        using guard = yield* guarded.acquire();
        guard.release();
        yield* guarded.acquire();
      }
      assert.equal(guarded.locked(), true, "the second acquire still holds it");
      guarded.release();
    });
  });

  test(`${Kind.name}: disposing twice releases once`, () => {
    onLoop(function* () {
      const guarded = new Kind();
      const guard = yield* guarded.acquire();
      guard[Symbol.dispose]();
      yield* guarded.acquire();
      guard[Symbol.dispose]();
      assert.equal(guarded.locked(), true);
      guarded.release();
    });
  });

  test(`${Kind.name}: a second release through the guard is a RuntimeError and releases nothing`, () => {
    onLoop(function* () {
      const guarded = new Kind();
      const guard = yield* guarded.acquire();
      guard.release();
      yield* guarded.acquire();
      assert.throws(() => guard.release(), { name: "RuntimeError", message: /released already/ });
      assert.equal(guarded.locked(), true);
      guarded.release();
    });
  });

  test(`${Kind.name}: the body of with() may be of any kind, and its result is the result`, () => {
    onLoop(function* () {
      const guarded = new Kind();
      const fromGenerator: string = yield* guarded.with(function* () {
        assert.equal(guarded.locked(), true);
        yield* sleep(1);
        return "generator";
      });
      const fromPlain: number = yield* guarded.with(() => 5);
      assert.equal(fromGenerator, "generator");
      assert.equal(fromPlain, 5);
      assert.equal(yield* guarded.with(() => later()), "coroutine");
      assert.equal(yield* guarded.with(() => createTask(later())), "coroutine");
      assert.equal(guarded.locked(), false);
    });
  });

  test(`${Kind.name}: the body of with() may be a native async function`, async () => {
    await onHostLoop(function* () {
      const guarded = new Kind();
      const result: string = yield* guarded.with(async () => {
        await sleep(1);
        assert.equal(guarded.locked(), true);
        return "native";
      });
      assert.equal(result, "native");
      assert.equal(guarded.locked(), false);
    });
  });

  test(`${Kind.name}: a cancelled with() keeps holding until its native body has ended`, async () => {
    await onHostLoop(function* ({ trace }) {
      const guarded = new Kind();
      const task = createTask(
        guarded.with(async () => {
          await sleep(5);
          trace.add(guarded.locked() ? "still held" : "lost");
        }),
      );
      yield* sleep(1);
      task.cancel();
      yield* guarded.with(() => trace.add("next"));
      yield* task;
      trace.assertIs(["still held", "next"]);
    });
  });

  test(`${Kind.name}: with() gives the guard to the body, which may release early`, () => {
    onLoop(function* () {
      const guarded = new Kind();
      yield* guarded.with(function* (guard) {
        guard.release();
        assert.equal(guarded.locked(), false);
        yield;
      });
      assert.equal(guarded.locked(), false);
    });
  });

  test(`${Kind.name}: with() releases when the body throws or is cancelled`, () => {
    onLoop(function* () {
      const guarded = new Kind();
      const failing = guarded.with(() => {
        throw new RangeError("from the body");
      });
      assert.throws(() => failing.next(), RangeError);
      const task = createTask(guarded.with(() => sleep(1000)));
      yield;
      assert.equal(guarded.locked(), true);
      task.cancel();
      yield;
      assert.equal(task.cancelled(), true);
      assert.equal(guarded.locked(), false);
    });
  });

  test(`${Kind.name}: with() refuses a body that can not be called, and acquires nothing`, () => {
    const guarded = new Kind();
    assert.throws(() => guarded.with(5 as never), { name: "TypeError", message: /got 5$/ });
    assert.equal(guarded.locked(), false);
  });
}

test("every primitive shows itself in console.log as in toString", () => {
  const primitives = [
    new Lock(),
    new Event(),
    new Condition(),
    new Semaphore(2),
    new BoundedSemaphore(),
    new Barrier(2),
    new Queue(),
  ];
  assert.deepEqual(
    primitives.map(String),
    primitives.map((primitive) => inspect(primitive)),
  );
  assert.deepEqual(primitives.map(String), [
    "<Lock [unlocked]>",
    "<Event [unset]>",
    "<Condition [unlocked]>",
    "<Semaphore [unlocked, value:2]>",
    "<BoundedSemaphore [unlocked, value:1]>",
    "<Barrier [filling, waiters:0/2]>",
    "<Queue maxsize=0>",
  ]);
});

test("a subclass shows its own name", () => {
  class Gate extends Event {}
  assert.equal(String(new Gate()), "<Gate [unset]>");
});
