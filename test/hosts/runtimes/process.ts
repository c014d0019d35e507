// Children, each in a process group of its own: whatever they start ends with them.
import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";

const running = new Set<number>();

process.once("exit", () => {
  for (const group of running) kill(group);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

/** SIGKILL: workerd ignores SIGTERM while a request hangs. */
function kill(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
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

  async stop(): Promise<void> {
    if (this.process.pid !== undefined) kill(this.process.pid);
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
