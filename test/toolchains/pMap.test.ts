// p-map, compiled with the eager helpers, does what its documentation says; called from plain code, outside of any run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { isFuture } from "../../bindings/index.js";
import { importCompiled } from "./libraries.js";
import { ensureInstalled } from "./manifest.js";
import { outputFolder } from "./output.js";

type Mapper<T, R> = (item: T, index: number) => R | PromiseLike<R>;
interface Options {
  readonly concurrency?: number;
  readonly stopOnError?: boolean;
  readonly signal?: AbortSignal;
}
type Input<T> = Iterable<T | PromiseLike<T>> | AsyncIterable<T | PromiseLike<T>>;

interface PMap {
  readonly default: <T, R>(input: Input<T>, mapper: Mapper<T, R>, options?: Options) => Promise<R[]>;
  readonly pMapSettled: <T, R>(input: Input<T>, mapper: Mapper<T, R>) => Promise<PromiseSettledResult<R>[]>;
  readonly pMapIterable: <T, R>(input: Input<T>, mapper: Mapper<T, R>, options?: Options) => AsyncIterable<R>;
  readonly pMapSkip: symbol;
  readonly pMapStop: symbol;
}

ensureInstalled();
const library = (await importCompiled("p-map", [], "eager", outputFolder())) as PMap;
const { default: pMap, pMapSettled, pMapIterable, pMapSkip, pMapStop } = library;

test("results come in the order of the input, whatever finishes first", async () => {
  const results = await pMap([3, Promise.resolve(2), 1], async (ms) => {
    await delay(ms);
    return ms * 10;
  });
  assert.deepEqual(results, [30, 20, 10]);
});

test("no more than `concurrency` mappers run at once", async () => {
  let running = 0;
  let most = 0;
  await pMap(
    Array.from({ length: 20 }, (_, i) => i),
    async () => {
      most = Math.max(most, ++running);
      await delay(1);
      running--;
    },
    { concurrency: 4 },
  );
  assert.equal(most, 4);
});

test("async iterables are taken as input", async () => {
  async function* numbers(): AsyncGenerator<number> {
    yield 1;
    yield 2;
  }
  assert.deepEqual(await pMap(numbers(), (n) => n * 2), [2, 4]);
});

test("the first failure rejects; without stopOnError all failures come as an AggregateError", async () => {
  const mapper = async (n: number): Promise<never> => {
    throw new RangeError(`failed ${n}`);
  };
  await assert.rejects(pMap([1, 2], mapper), { name: "RangeError", message: "failed 1" });
  await assert.rejects(pMap([1, 2], mapper, { stopOnError: false }), (error) => {
    assert.ok(error instanceof AggregateError);
    assert.deepEqual(
      error.errors.map((each: Error) => each.message),
      ["failed 1", "failed 2"],
    );
    return true;
  });
});

test("pMapSkip leaves an item out, pMapStop keeps what came before", async () => {
  assert.deepEqual(await pMap([1, 2, 3], (n) => (n === 2 ? pMapSkip : n)), [1, 3]);
  assert.deepEqual(await pMap([1, 2, 3], (n) => (n === 2 ? pMapStop : n), { concurrency: 1 }), [1]);
});

test("a signal that aborts rejects with its reason, and its listener goes", async () => {
  const controller = new AbortController();
  const mapping = pMap([1, 2], () => delay(10_000, undefined, { ref: false }), { signal: controller.signal });
  controller.abort(new RangeError("reason"));
  await assert.rejects(mapping, { message: "reason" });
});

test("pMapSettled tells each outcome", async () => {
  const results = await pMapSettled([1, 2], async (n) => {
    if (n === 1) throw new RangeError("one");
    return n;
  });
  assert.deepEqual(
    results.map(({ status }) => status),
    ["rejected", "fulfilled"],
  );
});

test("pMapIterable streams results in order; leaving early closes the input", async () => {
  const log: string[] = [];
  async function* numbers(): AsyncGenerator<number> {
    try {
      for (let i = 0; i < 100; i++) yield i;
    } finally {
      log.push("closed");
    }
  }
  const seen: number[] = [];
  for await (const n of pMapIterable(numbers(), async (n: number) => n * 2, { concurrency: 2 })) {
    seen.push(n);
    if (n === 6) break;
  }
  assert.deepEqual(seen, [0, 2, 4, 6]);
  assert.deepEqual(log, ["closed"]);
});

test("bad arguments reject with a TypeError", async () => {
  await assert.rejects(pMap([1], undefined as unknown as Mapper<number, void>), TypeError);
  await assert.rejects(
    pMap([1], (n) => n, { concurrency: 0 }),
    TypeError,
  );
});

test("what a call returns is a task of the loop: the engine's promises are not used", async () => {
  const call = pMap([1], (n) => n);
  assert.ok(isFuture(call));
  await call;
});
