import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { runFresh } from "./measure/fresh.js";
import type { Manner } from "./measure/rounds.js";
import type { Facts } from "./result.js";
import type { Runtime } from "./runtimes.js";

const ROOT = new URL("../../", import.meta.url);
const IDENTITY = new URL("measure/identity.js", import.meta.url);

interface Manifest {
  readonly version: string;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function manifest(path: string): Manifest {
  return JSON.parse(readFileSync(new URL(path, ROOT), "utf8")) as Manifest;
}

/** The commit, with a plus when files differ from it. */
function revision(): string {
  const git = (...args: string[]): string =>
    spawnSync("git", args, { cwd: ROOT, encoding: "utf8" }).stdout?.trim() ?? "";
  const commit = git("rev-parse", "--short", "HEAD");
  return commit === "" ? "unknown" : commit + (git("status", "--porcelain") === "" ? "" : "+");
}

/** What has to stand beside a figure. */
export async function environment(runtime: Runtime, { rounds, clock, gc }: Manner): Promise<Facts> {
  const processors = cpus();
  const { version, devDependencies } = manifest("package.json");
  let identity: Facts = {};
  await runFresh<Facts>(runtime, IDENTITY, [], (facts) => (identity = facts));
  return {
    ...identity,
    platform: `${process.platform} ${process.arch}`,
    processor: `${processors.length} × ${processors[0]?.model.trim() ?? "unknown"}`,
    wasyncio: `${version} (${revision()})`,
    tinybench: devDependencies?.["tinybench"] ?? "unknown",
    rounds: String(rounds),
    clock,
    gc: gc ? "forced before each sample" : "as it comes",
  };
}
