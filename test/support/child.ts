// Programs in a Node process of their own, for what ends a process, keeps it alive, or needs a flag.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const chooseCore = new URL("./core.js", import.meta.url).href;

/** A child that hangs is killed; its status is then `null`. */
const MAX_MS = 20_000;

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `source`, an ES module that may import "wasyncio", as a user's program would. */
export function runProgram(source: string, options: { flags?: readonly string[] } = {}): Promise<Ended> {
  const flags = [...(options.flags ?? []), "--import", chooseCore, "--input-type=module", "--eval", source];
  const child = spawn(process.execPath, flags, { cwd: root, stdio: ["ignore", "pipe", "pipe"], timeout: MAX_MS });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}
