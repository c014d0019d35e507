// it-pipe with what it stands on, compiled with the eager helpers, does what its documentation says; called from plain
// code, outside of any run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { importCompiled } from "./libraries.js";
import { ensureInstalled } from "./manifest.js";
import { outputFolder } from "./output.js";

type Source<T> = AsyncIterable<T> | Iterable<T>;
type Stage = (source: Source<number>) => unknown;
interface Duplex {
  readonly source: Source<number>;
  sink(source: Source<number>): Promise<void>;
}
interface ItPipe {
  readonly pipe: (...stages: (Source<number> | Stage | Duplex)[]) => unknown;
}

ensureInstalled();
const ALSO = ["it-merge", "it-pushable", "it-queueless-pushable", "p-defer", "race-signal"];
const { pipe } = (await importCompiled("it-pipe", ALSO, "eager", outputFolder())) as ItPipe;

async function collect(source: Source<number>): Promise<number[]> {
  const items: number[] = [];
  for await (const item of source) items.push(item);
  return items;
}

const double: Stage = async function* (source) {
  for await (const n of source) yield n * 2;
};

/** Collects what comes in and sends it on, one more each. */
function adder(): Duplex & { readonly seen: number[] } {
  const seen: number[] = [];
  let end!: () => void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return {
    seen,
    async sink(source) {
      for await (const n of source) seen.push(n);
      end();
    },
    source: (async function* () {
      await ended;
      for (const n of seen) yield n + 1;
    })(),
  };
}

test("a source goes through each stage to the sink, whose result is the pipe's", async () => {
  assert.deepEqual(await pipe([1, 2, 3], double, double, collect), [4, 8, 12]);
});

test("without a sink the pipe is an async iterable", async () => {
  assert.deepEqual(await collect(pipe([1, 2], double) as Source<number>), [2, 4]);
});

test("async sources are taken, and closed when the sink leaves early", async () => {
  const log: string[] = [];
  async function* numbers(): AsyncGenerator<number> {
    try {
      for (let i = 0; ; i++) yield i;
    } finally {
      log.push("closed");
    }
  }
  const first = async (source: Source<number>): Promise<number | undefined> => {
    for await (const n of source) return n;
    return undefined;
  };
  assert.equal(await pipe(numbers(), double, first), 0);
  assert.deepEqual(log, ["closed"]);
});

test("a duplex in the middle takes the source and goes on with its own", async () => {
  const duplex = adder();
  assert.deepEqual(await pipe([1, 2], duplex, double, collect), [4, 6]);
  assert.deepEqual(duplex.seen, [1, 2]);
});

test("an error of a stage rejects the pipe", async () => {
  const broken: Stage = async function* () {
    yield 1;
    throw new RangeError("broken");
  };
  await assert.rejects(pipe([1], broken, collect) as Promise<unknown>, { message: "broken" });
});

test("an error of a duplex's sink reaches who reads its source", async () => {
  const duplex: Duplex = {
    async sink() {
      throw new RangeError("sink");
    },
    source: (async function* () {
      yield 1;
      await new Promise(() => {});
    })(),
  };
  await assert.rejects(pipe([1], duplex, collect) as Promise<unknown>, { message: "sink" });
});

test("an empty pipeline is an error", () => {
  assert.throws(() => pipe(), { message: "Empty pipeline" });
});
