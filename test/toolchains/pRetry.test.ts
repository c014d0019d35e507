// p-retry, compiled with the eager helpers, does what its documentation says; called from plain code, outside of any run.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { isFuture } from "../../bindings/index.js";
import { importCompiled } from "./libraries.js";
import { ensureInstalled } from "./manifest.js";
import { outputFolder } from "./output.js";

interface Options {
  readonly retries?: number;
  readonly minTimeout?: number;
  readonly signal?: AbortSignal;
  onFailedAttempt?(context: { attemptNumber: number; retriesLeft: number }): void | Promise<void>;
  shouldRetry?(context: { error: Error }): boolean | Promise<boolean>;
}

interface PRetry {
  readonly default: <T>(input: (attempt: number) => PromiseLike<T> | T, options?: Options) => Promise<T>;
  readonly AbortError: new (message: string) => Error;
  readonly makeRetriable: <A extends unknown[], T>(
    fn: (...args: A) => T,
    options: Options,
  ) => (...args: A) => Promise<T>;
}

ensureInstalled();
const library = (await importCompiled("p-retry", [], "eager", outputFolder())) as PRetry;
const { default: pRetry, AbortError, makeRetriable } = library;

const FAST = { minTimeout: 1 };

function failingUntil(success: number): (attempt: number) => Promise<string> {
  return async (attempt) => {
    if (attempt < success) throw new RangeError(`attempt ${attempt}`);
    return `attempt ${attempt}`;
  };
}

test("a function is called again until it succeeds", async () => {
  assert.equal(await pRetry(failingUntil(3), FAST), "attempt 3");
});

test("after the last retry the last error rejects", async () => {
  await assert.rejects(pRetry(failingUntil(9), { ...FAST, retries: 2 }), { message: "attempt 3" });
});

test("onFailedAttempt is told of each failure, and awaited", async () => {
  const log: string[] = [];
  await pRetry(failingUntil(3), {
    ...FAST,
    retries: 5,
    async onFailedAttempt({ attemptNumber, retriesLeft }) {
      await null;
      log.push(`${attemptNumber}: ${retriesLeft} left`);
    },
  });
  assert.deepEqual(log, ["1: 5 left", "2: 4 left"]);
});

test("an AbortError ends the attempts with its original error", async () => {
  let calls = 0;
  const abort = async (): Promise<void> => {
    calls++;
    throw new AbortError("not found");
  };
  await assert.rejects(pRetry(abort, FAST), { name: "Error", message: "not found" });
  assert.equal(calls, 1);
});

test("shouldRetry decides", async () => {
  await assert.rejects(pRetry(failingUntil(5), { ...FAST, shouldRetry: async () => false }), { message: "attempt 1" });
});

test("a TypeError that is not the network's is not retried", async () => {
  let calls = 0;
  const wrong = async (): Promise<void> => {
    calls++;
    throw new TypeError("a mistake");
  };
  await assert.rejects(pRetry(wrong, FAST), { message: "a mistake" });
  assert.equal(calls, 1);
});

test("a signal aborts the waiting between two attempts, and keeps no listener", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const retrying = pRetry(failingUntil(9), {
    minTimeout: 60_000,
    signal,
    onFailedAttempt() {
      setImmediate(() => controller.abort(new RangeError("enough")));
    },
  });
  await assert.rejects(retrying, { message: "enough" });
  assert.deepEqual(getEventListeners(signal, "abort"), []);
});

test("makeRetriable keeps arguments and `this`", async () => {
  const target = {
    factor: 2,
    calls: 0,
    multiply: makeRetriable(function (this: unknown, n: number) {
      const self = this as { factor: number; calls: number };
      if (++self.calls < 2) throw new RangeError("first");
      return n * self.factor;
    }, FAST),
  };
  assert.equal(await target.multiply(21), 42);
});

test("what a call returns is a task of the loop: the engine's promises are not used", async () => {
  const call = pRetry(() => 1);
  assert.ok(isFuture(call));
  await call;
});
