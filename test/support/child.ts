// Programs in a process of their own, for what ends a process, keeps it alive, or needs a flag.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runtime } from "./runtime.js";

export const root = fileURLToPath(new URL("../../../", import.meta.url));
const chooseCore = new URL("./core.js", import.meta.url).href;

/** A child that hangs is killed; its status is then `null`. */
const MAX_MS = 20_000;

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  readonly flags?: readonly string[];
  /** The package as it is, with nothing loaded before it, whatever core the tests run on. */
  readonly core?: "release";
}

/** The command line of `source`; Bun takes Node's. */
export function commandLine(source: string, { flags = [], core }: Options): string[] {
  const preload = core === "release" ? [] : [runtime === "deno" ? "--preload" : "--import", chooseCore];
  if (runtime !== "deno") return [...flags, ...preload, "--input-type=module", "--eval", source];
  return ["eval", ...flags.map((flag) => `--v8-flags=${flag}`), ...preload, source];
}

/** Runs `source`, an ES module that may import "wasyncio", as a user's program would. */
export function runProgram(source: string, options: Options = {}): Promise<Ended> {
  const child = spawn(process.execPath, commandLine(source, options), {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: MAX_MS,
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}
