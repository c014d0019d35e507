import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Runs a compiled file of the benchmark in a process of its own; each line that it writes, read as JSON. */
export async function runFresh<T>(script: URL, args: readonly string[], onValue: (value: T) => void): Promise<void> {
  const child = spawn(process.execPath, ["--expose-gc", fileURLToPath(script), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const end = once(child, "close");
  for await (const line of createInterface({ input: child.stdout })) onValue(JSON.parse(line) as T);
  const [status] = (await end) as [number | null];
  if (status !== 0) throw new Error(`${fileURLToPath(script)} ended with status ${status}`);
}
