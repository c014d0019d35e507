// Children, each in a process group of its own: whatever they start ends with them.
import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";

const running = new Set<number>();

/** How long a program may take to end by itself. */
const ENDING_MS = 2000;
const ENDING_AT_EXIT_MS = 300;

process.once("exit", () => {
  if (running.size === 0) return;
  for (const group of running) kill(group, "SIGTERM");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ENDING_AT_EXIT_MS);
  for (const group of running) kill(group, "SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

function kill(group: number, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(-group, signal);
  } catch {
    // It has ended.
  }
}

export class Child {
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly output: string[] = [];

  constructor(command: string, args: readonly string[], options: SpawnOptions = {}) {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options, detached: true });
    this.process = child;
    if (child.pid !== undefined) running.add(child.pid);
    child.stdout?.setEncoding("utf8").on("data", (text: string) => this.output.push(text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => this.output.push(text));
    this.ended = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status) => {
        if (child.pid !== undefined) running.delete(child.pid);
        resolve(status);
      });
    });
  }

  /** An X server removes its lock on SIGTERM; workerd ignores that while a request hangs. */
  async stop(): Promise<void> {
    const { pid } = this.process;
    if (pid !== undefined) {
      kill(pid, "SIGTERM");
      const timer = setTimeout(() => kill(pid, "SIGKILL"), ENDING_MS);
      await this.ended;
      clearTimeout(timer);
      kill(pid, "SIGKILL");
    }
    await this.ended;
  }

  /** The status, or null after `milliseconds`; then it is killed. */
  async endsWithin(milliseconds: number): Promise<number | null> {
    const timer = setTimeout(() => void this.stop(), milliseconds);
    const status = await this.ended;
    clearTimeout(timer);
    return status;
  }

  /** The end of what was written to both outputs. */
  tail(lines: number): string {
    return this.output.join("").trimEnd().split("\n").slice(-lines).join("\n");
  }
}

export async function outputOf(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  const child = new Child(command, args, options);
  const status = await child.endsWithin(60_000);
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${child.tail(20)}`);
  return child.output.join("").trim();
}
