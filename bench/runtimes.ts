// What the measuring processes run on: this Node, or another host of test/hosts/package.json.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const HOSTS_FOLDER = new URL("../../test/hosts/", import.meta.url);

export interface Runtime {
  readonly name: string;
  readonly command: string;
  /** What stands before a program's path. */
  readonly args: readonly string[];
}

const EXPOSE_GC = "--expose-gc";

export const thisNode: Runtime = { name: "node20", command: process.execPath, args: [EXPOSE_GC] };

function pinned(name: string, file: string, ...args: string[]): Runtime {
  return { name, command: fileURLToPath(new URL(`node_modules/${name}/${file}`, HOSTS_FOLDER)), args };
}

const runtimes: readonly Runtime[] = [
  thisNode,
  pinned("node22", "bin/node", EXPOSE_GC),
  pinned("node24", "bin/node", EXPOSE_GC),
  pinned("node26", "bin/node", EXPOSE_GC),
  pinned("deno", "deno", "run", "--allow-all", "--no-lock", `--v8-flags=${EXPOSE_GC}`),
  pinned("bun", "bin/bun", "run"),
];

/** Hosts whose tables are published beside Node 20's. */
export const PUBLISHED_HOSTS = ["node24", "deno", "bun"];

function install(): void {
  console.error("the hosts are not installed yet: running npm ci in test/hosts");
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts"], {
    cwd: fileURLToPath(HOSTS_FOLDER),
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error("npm ci failed in test/hosts");
}

export function runtimeNamed(name: string): Runtime {
  const runtime = runtimes.find((each) => each.name === name);
  if (runtime === undefined) {
    throw new RangeError(`--host expects one of ${runtimes.map((each) => each.name).join(", ")}, not ${name}`);
  }
  if (!existsSync(runtime.command)) install();
  return runtime;
}
