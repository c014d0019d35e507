// The Python of this machine, for tests that compare with its asyncio.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../support/child.js";

export interface Python {
  readonly command: string;
  /** As 3.14 is `[3, 14]`. */
  readonly version: readonly [major: number, minor: number];
}

const CANDIDATES = ["python3.14", "python3.13", "python3"];

function find(): Python | null {
  for (const command of CANDIDATES) {
    const { status, stdout } = spawnSync(command, ["-c", "import sys; print(*sys.version_info[:2])"], {
      encoding: "utf8",
    });
    if (status !== 0) continue;
    const [major, minor] = stdout.trim().split(" ").map(Number) as [number, number];
    if (major === 3 && minor >= 11) return { command, version: [major, minor] };
  }
  return null;
}

export const python = find();

/** For `skip` of a test. */
export const noPython = python === null && "there is no python3 of version 3.11 or later here";
if (noPython !== false) console.log(`skipped: comparisons with Python's asyncio: ${noPython}`);

/** Where a program for it stands. */
export function programPath(name: string): string {
  return join(root, "test/io/python", name);
}

/** Runs it to its end; what it writes. */
export function runPython(program: string, args: readonly string[], input: string): string {
  const { status, stdout, stderr } = spawnSync(python!.command, [programPath(program), ...args], {
    encoding: "utf8",
    input,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${program} ended with status ${status}: ${stderr}`);
  return stdout;
}
