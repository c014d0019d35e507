// Whole programs, each in a process of its own: what they print is the figure.
import type { Result } from "../result.js";

interface Command {
  readonly script: URL;
  readonly args: readonly string[];
}

export interface Program {
  readonly name: string;
  readonly against: string;
  readonly unit: Result["unit"];
  readonly ours: Command;
  readonly native: Command;
}

function command(file: string, ...args: string[]): Command {
  return { script: new URL(file, import.meta.url), args };
}

function memory(what: string, ours: string, against: string, native: string): Program[] {
  return [
    ["V8 heap", "heap"],
    ["heap and linear memory", "all"],
  ].map(([where, metric]) => ({
    name: `memory of a pending ${what}, ${where}`,
    against,
    unit: "bytes",
    ours: command("memory.js", ours, metric!),
    native: command("memory.js", native, metric!),
  }));
}

export const programs: readonly Program[] = [
  {
    name: "start-up: a process up to the end of its first task",
    against: "up to the end of its first async function",
    unit: "ms",
    ours: command("startUp.js"),
    native: command("startUpNative.js"),
  },
  ...memory("task", "tasks", "an async function that awaits", "promises"),
  ...memory("timer", "timers", "setTimeout", "timeouts"),
];
