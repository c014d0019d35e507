// Async functions compiled onto the loop, against the identical source as native async functions, and against what
// TypeScript's own lowering makes of it.
import { createRequire } from "node:module";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Steps } from "wasyncio";
import { __awaiter, asyncToGenerator } from "wasyncio/async/eager";
import type { Case } from "../case.js";

/** What a compiler's output calls; untyped, as that is. */
type Lowered = (...args: number[]) => Promise<number>;
type Wrap = (body: (...args: number[]) => Generator<unknown, number, number>) => Lowered;
type Awaiter = (
  self: unknown,
  args: unknown,
  P: unknown,
  body: () => Generator<unknown, number, number>,
) => Promise<number>;

interface Source {
  /** `async (calls) => { await null; return calls === 1 ? 1 : 1 + await suspending(calls - 1); }` */
  readonly suspending: Lowered;
  /** `async (calls) => calls === 1 ? 1 : 1 + await plain(calls - 1)` */
  readonly plain: Lowered;
  /** `async (times) => { for (let i = 0; i < times; i++) await null; return times; }` */
  readonly giveWay: Lowered;
  /** `async (times, calls) => { for (let i = 0; i < times; i++) await suspending(calls); return times; }` */
  readonly manySuspending: Lowered;
  readonly manyPlain: Lowered;
}

async function suspendingNatively(calls: number): Promise<number> {
  await null;
  return calls === 1 ? 1 : 1 + (await suspendingNatively(calls - 1));
}

async function plainNatively(calls: number): Promise<number> {
  return calls === 1 ? 1 : 1 + (await plainNatively(calls - 1));
}

const native: Source = {
  suspending: suspendingNatively,
  plain: plainNatively,
  giveWay: async (times) => {
    for (let i = 0; i < times; i++) await null;
    return times;
  },
  manySuspending: async (times, calls) => {
    for (let i = 0; i < times; i++) await suspendingNatively(calls!);
    return times;
  },
  manyPlain: async (times, calls) => {
    for (let i = 0; i < times; i++) await plainNatively(calls!);
    return times;
  },
};

/** As Babel, SWC and OXC lower it. */
function wrappedOnce(wrap: Wrap): Source {
  const suspending = wrap(function* (calls) {
    yield null;
    return calls === 1 ? 1 : 1 + (yield suspending(calls! - 1));
  });
  const plain = wrap(function* (calls) {
    return calls === 1 ? 1 : 1 + (yield plain(calls! - 1));
  });
  return {
    suspending,
    plain,
    giveWay: wrap(function* (times) {
      for (let i = 0; i < times!; i++) yield null;
      return times!;
    }),
    manySuspending: wrap(function* (times, calls) {
      for (let i = 0; i < times!; i++) yield suspending(calls!);
      return times!;
    }),
    manyPlain: wrap(function* (times, calls) {
      for (let i = 0; i < times!; i++) yield plain(calls!);
      return times!;
    }),
  };
}

/** As TypeScript lowers it. */
function awaitered(awaiter: Awaiter): Source {
  function suspending(calls: number): Promise<number> {
    return awaiter(undefined, void 0, void 0, function* () {
      yield null;
      return calls === 1 ? 1 : 1 + (yield suspending(calls - 1));
    });
  }
  function plain(calls: number): Promise<number> {
    return awaiter(undefined, void 0, void 0, function* () {
      return calls === 1 ? 1 : 1 + (yield plain(calls - 1));
    });
  }
  return {
    suspending,
    plain,
    giveWay: (times) =>
      awaiter(undefined, void 0, void 0, function* () {
        for (let i = 0; i < times; i++) yield null;
        return times;
      }),
    manySuspending: (times, calls) =>
      awaiter(undefined, void 0, void 0, function* () {
        for (let i = 0; i < times; i++) yield suspending(calls!);
        return times;
      }),
    manyPlain: (times, calls) =>
      awaiter(undefined, void 0, void 0, function* () {
        for (let i = 0; i < times; i++) yield plain(calls!);
        return times;
      }),
  };
}

/** The helper that the installed TypeScript writes into a file that it lowers. */
async function typescriptsOwn(): Promise<Awaiter> {
  const folder = mkdtempSync(join(tmpdir(), "wasyncio-bench-"));
  try {
    const source = join(folder, "lowered.ts");
    writeFileSync(source, "async function lowered() {}\n");
    const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
    spawnSync(process.execPath, [tsc, "--ignoreConfig", "--target", "es2015", "--module", "esnext", source]);
    const lowered = join(folder, "lowered.mjs");
    writeFileSync(lowered, `${readFileSync(join(folder, "lowered.js"), "utf8")}\nexport { __awaiter };\n`);
    return ((await import(pathToFileURL(lowered).href)) as { __awaiter: Awaiter }).__awaiter;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const wrapOnce = wrappedOnce(asyncToGenerator as unknown as Wrap);
const typescript = awaitered(__awaiter as unknown as Awaiter);

let promises: Source | null = null;
/** The same source lowered to promises. */
async function loadPromises(): Promise<void> {
  promises ??= awaitered(await typescriptsOwn());
}

function compare(
  name: string,
  against: string,
  n: number,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
  prepare?: () => Promise<void>,
): Case {
  return {
    name: `eager compiled: ${name}`,
    against,
    n,
    ours: {
      *run(): Steps<unknown> {
        return yield ours();
      },
    },
    native: { run: theirs, ...(prepare && { prepare }) },
  };
}

const CALLS = 30_000;
const SWITCHES = 200_000;
const OWN = "TypeScript's own helper";

export const compiledAsyncCases: readonly Case[] = [
  compare(
    "three calls deep, one suspension each, wrapped once",
    "async functions",
    CALLS,
    () => wrapOnce.manySuspending(CALLS, 3),
    () => native.manySuspending(CALLS, 3),
  ),
  compare(
    "one call without suspension, wrapped once",
    "async functions",
    CALLS,
    () => wrapOnce.manyPlain(CALLS, 1),
    () => native.manyPlain(CALLS, 1),
  ),
  compare(
    "three calls deep, no suspension, wrapped once",
    "async functions",
    CALLS,
    () => wrapOnce.manyPlain(CALLS, 3),
    () => native.manyPlain(CALLS, 3),
  ),
  compare(
    "loop of `await null`",
    "async functions",
    SWITCHES,
    () => wrapOnce.giveWay(SWITCHES),
    () => native.giveWay(SWITCHES),
  ),
  compare(
    "three calls deep, one suspension each, TypeScript's shape",
    OWN,
    CALLS,
    () => typescript.manySuspending(CALLS, 3),
    () => promises!.manySuspending(CALLS, 3),
    loadPromises,
  ),
  compare(
    "one call without suspension, TypeScript's shape",
    OWN,
    CALLS,
    () => typescript.manyPlain(CALLS, 1),
    () => promises!.manyPlain(CALLS, 1),
    loadPromises,
  ),
];
