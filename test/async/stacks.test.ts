// An error thrown three calls deep, each of which has suspended: the engine has lost the callers, the stack has them.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as eager from "../../bindings/async/eager.js";
import * as lazy from "../../bindings/async/lazy.js";
import { coroutine, sleep, type Coroutine, type Steps } from "../../bindings/index.js";
import { runVirtual } from "../../bindings/testing.js";
import "../support/core.js";
import { runtime } from "../support/runtime.js";

type Call = () => Coroutine<unknown>;
type Body = Generator<unknown, unknown, unknown>;

/** Three functions that call each other after a suspension each. */
const SHAPES: Record<string, (door: typeof lazy) => Call> = {
  babel: ({ asyncToGenerator }) => {
    const wrap = asyncToGenerator as unknown as (body: () => Body) => Call;
    const third = wrap(function* third() {
      yield sleep(1);
      throw new Error("deep");
    });
    const second = wrap(function* second() {
      yield null;
      return yield third();
    });
    return wrap(function* first() {
      yield sleep(1);
      return yield second();
    });
  },
  typescript: ({ __awaiter }) => {
    const awaiter = __awaiter as unknown as (
      self: unknown,
      args: unknown,
      P: unknown,
      body: () => Body,
    ) => Coroutine<unknown>;
    function third(): Coroutine<unknown> {
      return awaiter(undefined, void 0, void 0, function* () {
        yield sleep(1);
        throw new Error("deep");
      });
    }
    function second(): Coroutine<unknown> {
      return awaiter(undefined, void 0, void 0, function* () {
        yield null;
        return yield third();
      });
    }
    return function first(): Coroutine<unknown> {
      return awaiter(undefined, void 0, void 0, function* () {
        yield sleep(1);
        return yield second();
      });
    };
  },
};

function stackOf(call: Call, debug: boolean): string {
  try {
    runVirtual(
      function* main() {
        yield* sleep(1);
        yield* call();
      },
      { debug },
    );
  } catch (error) {
    return (error as Error).stack!;
  }
  throw new Error("nothing was thrown");
}

/** The lines of this file, as they are numbered in the source or in what it was compiled to. */
function linesHere(stack: string): number[] {
  return [...stack.matchAll(/stacks\.test\.[jt]s:(\d+):\d+/g)].map(([, line]) => Number(line));
}

test("generator coroutines: the three call sites follow, innermost first", () => {
  const third = coroutine(function* third(): Steps<void> {
    yield* sleep(1);
    throw new Error("deep");
  });
  const second = coroutine(function* second(): Steps<void> {
    yield* sleep(1);
    yield* third();
  });
  const first = coroutine(function* first(): Steps<void> {
    yield* sleep(1);
    yield* second();
  });
  for (const debug of [false, true]) {
    const stack = stackOf(first, debug);
    assert.match(stack, /at third .*\n(.*\n)*? +at async second .*\n +at async first .*\n +at async main /);
    assert.equal(new Set(linesHere(stack)).size, linesHere(stack).length, stack);
  }
});

test("coroutines awaited by a plain `yield` are named; in debug mode their places are told", () => {
  const third = coroutine(function* third(): Steps<void> {
    yield* sleep(1);
    throw new Error("deep");
  });
  const second = coroutine(function* second(): Steps<void> {
    yield;
    yield third();
  });
  assert.match(stackOf(second, false), /at third .*\n(.*\n)*? +at async second\n +at async main /);
  assert.match(stackOf(second, true), /at third .*\n(.*\n)*? +at async second .*stacks\.test.*\n +at async main /);
});

for (const [door, helpers] of Object.entries({ lazy, eager })) {
  for (const [shape, make] of Object.entries(SHAPES)) {
    // JavaScriptCore has no frame for the function around a body that is made anew at each call.
    const skip = shape === "typescript" && runtime === "bun" ? "Bun's stacks do not show the calling function" : false;
    test(`${door} functions compiled as by ${shape}: in debug mode the three call sites follow`, { skip }, () => {
      const stack = stackOf(make(helpers as typeof lazy), true);
      const lines = linesHere(stack);
      // Thrown in the third, called in the second, called in the first, called in main.
      assert.ok(lines.length >= 4, stack);
      const [thrown, second, first] = lines as [number, number, number];
      assert.ok(thrown < second && second < first, stack);
    });
  }

  test(`${door} functions that were wrapped once are named without debug mode`, () => {
    const stack = stackOf(SHAPES["babel"]!(helpers as typeof lazy), false);
    assert.match(stack, /at third .*\n(.*\n)*? +at async second\n +at async first\n/);
  });
}

test("an error that is thrown before anything suspends has each caller once", () => {
  const wrap = eager.asyncToGenerator as unknown as (body: () => Body) => Call;
  const third = wrap(function* third() {
    throw new Error("deep");
  });
  const second = wrap(function* second() {
    return yield third();
  });
  for (const debug of [false, true]) {
    const stack = stackOf(second, debug);
    assert.equal(stack.split("\n").filter((line) => /at (?:async )?second /.test(line)).length, 1, stack);
  }
});
