import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Runtime } from "../runtimes.js";

/** Runs a compiled file of the benchmark in a process of its own; each line that it writes, read as JSON. */
export async function runFresh<T>(
  { command, args: before }: Runtime,
  script: URL,
  args: readonly string[],
  onValue: (value: T) => void,
): Promise<void> {
  const child = spawn(command, [...before, fileURLToPath(script), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  });
  const end = once(child, "close");
  for await (const line of createInterface({ input: child.stdout })) onValue(JSON.parse(line) as T);
  const [status] = (await end) as [number | null];
  if (status !== 0) throw new Error(`${fileURLToPath(script)} ended with status ${status}`);
}
