// Two revisions of ourselves, asked the questions of this tree: `npm run bench -- --compare REF`, or `A..B` for two others.
// Fresh processes take turns, so that what the machine does meanwhile hits both.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runFresh } from "./measure/fresh.js";
import type { Measured } from "./measure/rounds.js";
import type { Order } from "./measure/worker.js";
import { formatMedian, formatRatio } from "./report/format.js";
import { figure, type Figure } from "./result.js";
import { thisNode } from "./runtimes.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROCESSES = 4;

/** A revision with a type error can be measured all the same, as long as JavaScript comes out. */
function build(folder: string): void {
  const { stdout, stderr } = spawnSync("npm", ["run", "--silent", "build"], { cwd: folder, encoding: "utf8" });
  if (!existsSync(join(folder, "dist", "bindings", "index.js")))
    throw new Error(`the build failed:\n${stdout}${stderr}`);
}

/** Calls `body` with a built checkout of `ref` that holds this tree's benchmark. */
async function withCheckout(ref: string, body: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "wasyncio-compare-"));
  const git = (...args: string[]): void =>
    void execFileSync("git", args, { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  try {
    git("worktree", "add", "--quiet", "--detach", "--force", folder, ref);
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    build(folder);
    rmSync(join(folder, "dist", "bench"), { recursive: true, force: true });
    cpSync(join(ROOT, "dist", "bench"), join(folder, "dist", "bench"), { recursive: true });
    await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    git("worktree", "prune");
  }
}

type Medians = Map<string, number[]>;

async function measureIn(folder: string, order: Order, medians: Medians): Promise<void> {
  const worker = pathToFileURL(join(folder, "dist", "bench", "measure", "worker.js"));
  await runFresh<Measured>(thisNode, worker, [JSON.stringify(order)], ({ name, ours }) => {
    medians.set(name, [...(medians.get(name) ?? []), ours.median]);
  });
}

interface Comparison {
  readonly name: string;
  readonly before: Figure;
  readonly after: Figure;
}

async function takeTurns(before: string, after: string, order: Order): Promise<Comparison[]> {
  const sides = [
    { folder: before, medians: new Map() as Medians },
    { folder: after, medians: new Map() as Medians },
  ] as const;
  for (let i = 0; i < PROCESSES; i++) {
    for (const { folder, medians } of i % 2 === 0 ? sides : sides.toReversed()) await measureIn(folder, order, medians);
  }
  const [{ medians: then }, { medians: now }] = sides;
  return [...now].flatMap(([name, medians]) => {
    const others = then.get(name);
    return others === undefined ? [] : [{ name, before: figure(others), after: figure(medians) }];
  });
}

function print([before, after]: readonly [string, string], comparisons: readonly Comparison[]): void {
  console.log(
    `${after} to ${before}, ratio of the medians of ${PROCESSES} processes each; below 1 ${after} is faster\n`,
  );
  for (const each of comparisons) {
    const absolutes = `${formatMedian(each.before, "ns")} -> ${formatMedian(each.after, "ns")}`;
    console.log(`${formatRatio(each.after.median / each.before.median)}  ${each.name.padEnd(66)} ${absolutes}`);
  }
}

/** `revisions` is one, to compare this tree with, or two as `A..B`. */
export async function compare(revisions: string, order: Order, json: string | undefined): Promise<void> {
  const [before, after] = revisions.split("..") as [string, string?];
  const finish = (comparisons: readonly Comparison[]): void => {
    print([before, after ?? "this tree"], comparisons);
    if (json !== undefined)
      writeFileSync(json, `${JSON.stringify({ before, after: after ?? null, comparisons }, null, 2)}\n`);
  };
  await withCheckout(before, async (folder) => {
    if (after === undefined) finish(await takeTurns(folder, ROOT, order));
    else await withCheckout(after, async (other) => finish(await takeTurns(folder, other, order)));
  });
}
