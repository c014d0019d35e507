// CPython's asyncio and uvloop: a process that waits until it is asked for a sample, so that it can take turns.
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { ClockName, Other } from "../case.js";

const PROGRAM = fileURLToPath(new URL("../../../bench/python/main.py", import.meta.url));
const NS_PER_MS = 1e6;

interface Greeting {
  readonly version: string;
  /** Operations in one sample, by the name of the case. */
  readonly cases: Readonly<Record<string, number>>;
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

export interface Python {
  readonly version: string;
  readonly sides: Readonly<Record<string, Other>>;
  close(): void;
}

function start(command: string, loop: string, clock: ClockName): Child {
  // -B: no __pycache__ beside the sources.
  return spawn(command, ["-B", PROGRAM, loop, clock], { stdio: ["pipe", "pipe", "ignore"] });
}

/** `null` where this interpreter, or this loop, is not installed. */
export async function startPython(
  command: string,
  loop: "asyncio" | "uvloop",
  clock: ClockName,
): Promise<Python | null> {
  const child = start(command, loop, clock);
  let isMissing = false;
  child.once("error", () => (isMissing = true));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (isMissing || first.done === true) return null;
  const { version, cases } = JSON.parse(first.value) as Greeting;
  const ask = async (name: string): Promise<number> => {
    child.stdin.write(`${JSON.stringify(name)}\n`);
    const answer = await lines.next();
    if (answer.done === true) throw new Error(`${command} ended while it measured "${name}" on ${loop}`);
    return Number(answer.value) / NS_PER_MS;
  };
  const sides = Object.fromEntries(
    Object.entries(cases).map(([name, n]): [string, Other] => [
      name,
      { n, run: async (watch) => watch.add(await ask(name)) },
    ]),
  );
  return { version, sides, close: () => void child.stdin.end() };
}
