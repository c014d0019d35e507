// A program in a process of its own that is sent signals while it runs.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandLine, root } from "./child.js";

/** A child that hangs is killed; its signal is then SIGKILL. */
const MAX_MS = 20_000;

export interface Interrupted {
  readonly status: number | null;
  /** The signal that ended it. */
  readonly signal: string | null;
  readonly lines: readonly string[];
  readonly stderr: string;
}

/** Sends SIGINT whenever the program has written the line `interrupt me`. */
export function interrupt(source: string): Promise<Interrupted> {
  return watch(spawnHere(commandLine(source, {})), (line) => line === "interrupt me");
}

/** Runs a file of the project and sends SIGINT once, at the first line that `isTime` accepts. */
export function interruptFile(path: string, isTime: (line: string) => boolean): Promise<Interrupted> {
  let isSent = false;
  return watch(spawnHere([path]), (line) => {
    const isFirst = !isSent && isTime(line);
    isSent ||= isFirst;
    return isFirst;
  });
}

/**
 * The same under `npm start`, which starts a shell, which starts the file. A terminal sends Ctrl-C to all of them.
 */
export async function interruptNpmStart(path: string, isTime: (line: string) => boolean): Promise<Interrupted> {
  const folder = mkdtempSync(join(tmpdir(), "wasyncio-"));
  const start = `true && "${process.execPath}" "${join(root, path)}"`;
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, scripts: { start } }));
  let isSent = false;
  try {
    const npm = spawn("npm", ["start", "--silent"], {
      cwd: folder,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: MAX_MS,
      killSignal: "SIGKILL",
    });
    return await watch(npm, (line) => {
      if (!isSent && isTime(line)) process.kill(-npm.pid!, "SIGINT");
      isSent ||= isTime(line);
      return false;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function spawnHere(argv: readonly string[]): ChildProcess {
  return spawn(process.execPath, argv, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: MAX_MS,
    killSignal: "SIGKILL",
  });
}

function watch(child: ChildProcess, isTime: (line: string) => boolean): Promise<Interrupted> {
  const lines: string[] = [];
  let pending = "";
  let stderr = "";
  child.stdout!.setEncoding("utf8").on("data", (text: string) => {
    const parts = (pending + text).split("\n");
    pending = parts.pop()!;
    for (const line of parts) {
      lines.push(line);
      // In Deno child.kill would also say that the signal ended the child.
      if (isTime(line)) process.kill(child.pid!, "SIGINT");
    }
  });
  child.stderr!.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => resolve({ status, signal, lines, stderr }));
  });
}
