import assert from "node:assert/strict";
import { test } from "node:test";
import {
  coroutine,
  createTask,
  sleep,
  taskGroup,
  timeout,
  TimeoutError,
  timeoutAt,
  type Body,
  type Coroutine,
} from "../../bindings/index.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

type AnyScope = { readonly signal: AbortSignal };

/** Each scope, with a body. */
const scopes: Readonly<Record<string, <T>(body: Body<T, [scope: AnyScope]>) => Coroutine<T>>> = {
  timeout: (body) => timeout(100, body),
  "timeout without a deadline": (body) => timeout(null, body),
  timeoutAt: (body) => timeoutAt(100, body),
  taskGroup: (body) => taskGroup(body),
};

const later = coroutine(function* () {
  yield* sleep(1);
  return "coroutine";
});

for (const [name, scope] of Object.entries(scopes)) {
  test(`${name}: the body may be a generator function, a function that returns a coroutine, or a plain one`, () => {
    onLoop(function* () {
      const steps = scope(function* () {
        yield* sleep(1);
        return "generator";
      });
      assert.equal(yield* steps, "generator");
      assert.equal(yield* scope(() => later()), "coroutine");
      assert.equal(yield* scope(() => sleep(1, "operation")), "operation");
      assert.equal(yield* scope(() => createTask(later())), "coroutine");
      assert.equal(yield* scope(() => "plain"), "plain");
      assert.equal(yield* scope(() => undefined), undefined);
    });
  });

  test(`${name}: the scope of a native async function ends when its promise settles`, async () => {
    await onHostLoop(function* ({ loop }) {
      const result = yield* scope(async () => {
        await sleep(5);
        return loop.time();
      });
      assert.equal(result, 5);
    });
  });

  test(`${name}: what a native async function rejects with comes out of the scope`, async () => {
    await onHostLoop(function* ({ trace }) {
      try {
        yield* scope(async () => {
          await sleep(5);
          throw new RangeError("native");
        });
      } catch (error) {
        trace.add(String(error instanceof AggregateError ? error.errors[0] : error));
      }
      trace.assertIs(["RangeError: native"]);
    });
  });

  test(`${name}: a body that returns at once costs no pass through the loop`, () => {
    onLoop(function* ({ loop, trace }) {
      loop.callSoon(trace.adder("next iteration"));
      yield* scope(trace.adder("body"));
      trace.add("after");
      yield;
      trace.assertIs(["body", "after", "next iteration"]);
    });
  });

  test(`${name}: what a body throws at once comes out of the scope`, () => {
    onLoop(function* ({ trace }) {
      try {
        yield* scope(() => {
          throw new RangeError("at once");
        });
      } catch (error) {
        trace.add(String(error instanceof AggregateError ? error.errors[0] : error));
      }
      trace.assertIs(["RangeError: at once"]);
    });
  });

  test(`${name}: nothing begins before the scope is awaited`, () => {
    onLoop(function* ({ trace }) {
      const made = scope(trace.adder("body"));
      yield* sleep(1);
      trace.add("awaited");
      yield* made;
      trace.assertIs(["awaited", "body"]);
    });
  });

  test(`${name}: a scope is awaited once`, () => {
    onLoop(function* () {
      const made = scope(() => 1);
      yield* made;
      assert.throws(() => made[Symbol.iterator]().next(), { name: "RuntimeError", message: /driven once/ });
    });
  });

  test(`${name}: a body that is no function is refused at the call`, () => {
    assert.throws(() => scope(later() as never), {
      name: "TypeError",
      message: /expects a function to call, got an object of class Coroutine/,
    });
  });

  test(`${name}: native await of a scope makes a task of it`, async () => {
    await onHostLoop(async () => {
      assert.equal(await scope(() => sleep(3, "awaited")), "awaited");
    });
  });
}

test("a native body that ignores its signal keeps its scope open past the deadline", async () => {
  await onHostLoop(function* ({ loop }) {
    const result = yield* timeout(10, async () => {
      await createTask(sleep(50));
      return "finished all the same";
    });
    assert.equal(result, "finished all the same");
    assert.equal(loop.time(), 50);
  });
});

test("a native body that passes its signal on is ended by the deadline", async () => {
  await onHostLoop(function* ({ loop }) {
    try {
      yield* timeout(10, async ({ signal }) => {
        await new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
        });
      });
      assert.fail("the deadline passed");
    } catch (error) {
      assert.ok(error instanceof TimeoutError);
    }
    assert.equal(loop.time(), 10);
  });
});
