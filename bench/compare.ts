// Two revisions of ourselves, asked the questions of this tree: `npm run bench -- --compare REF`. Fresh processes take
// turns, so that what the machine does meanwhile hits both.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runFresh } from "./measure/fresh.js";
import type { Order } from "./measure/worker.js";
import { formatRatio } from "./report/text.js";
import { figure, type Result } from "./result.js";

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
  const git = (...args: string[]): void => void execFileSync("git", args, { cwd: ROOT, stdio: "ignore" });
  try {
    git("worktree", "add", "--detach", "--force", folder, ref);
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
  await runFresh<Result>(worker, [JSON.stringify(order)], ({ name, ours }) => {
    medians.set(name, [...(medians.get(name) ?? []), ours.median]);
  });
}

export async function compare(ref: string, order: Order): Promise<void> {
  await withCheckout(ref, async (folder) => {
    const there: Medians = new Map();
    const here: Medians = new Map();
    for (let i = 0; i < PROCESSES; i++) {
      const sides = [() => measureIn(folder, order, there), () => measureIn(ROOT, order, here)];
      for (const measureSide of i % 2 === 0 ? sides : sides.reverse()) await measureSide();
    }
    console.log(
      `This tree to ${ref}, ratio of the medians of ${PROCESSES} processes each; below 1 this tree is faster\n`,
    );
    for (const [name, medians] of here) {
      const before = there.get(name);
      if (before === undefined) continue;
      const [now, then] = [figure(medians), figure(before)];
      const absolutes = `${then.median.toFixed(1)} -> ${now.median.toFixed(1)} ns`;
      console.log(`${formatRatio(now.median / then.median)}  ${name.padEnd(66)} ${absolutes}`);
    }
  });
}
