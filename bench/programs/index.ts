// Whole programs, each in a process of its own: what they print is the figure, or an object of figures.
import type { Result } from "../result.js";

interface Command {
  readonly script: URL;
  readonly args: readonly string[];
}

interface Metric {
  readonly name: string;
  /** Where it stands in the object that the program prints. */
  readonly key?: string;
}

export interface Program {
  readonly against: string;
  readonly unit: Result["unit"];
  readonly maxRounds: number;
  readonly metrics: readonly Metric[];
  readonly ours: Command;
  readonly native: Command;
}

function command(file: string, ...args: string[]): Command {
  return { script: new URL(file, import.meta.url), args };
}

const MANY = 100_000;
const MOST = 1_000_000;

function memory(what: string, ours: string, against: string, native: string): Program[] {
  return [MANY, MOST].map((count) => {
    const crowd = count === MANY ? "" : `, one of ${count.toLocaleString("en")}`;
    return {
      against,
      unit: "bytes",
      maxRounds: count === MANY ? 5 : 3,
      metrics: [
        { name: `memory of a pending ${what}, V8 heap${crowd}`, key: "heap" },
        { name: `memory of a pending ${what}, heap and linear memory${crowd}`, key: "external" },
        { name: `memory of a pending ${what}, RSS${crowd}`, key: "rss" },
      ],
      ours: command("memory.js", ours, String(count)),
      native: command("memory.js", native, String(count)),
    };
  });
}

export const programs: readonly Program[] = [
  {
    against: "up to the end of its first async function",
    unit: "ms",
    maxRounds: 9,
    metrics: [{ name: "start-up: a process up to the end of its first task" }],
    ours: command("startUp.js"),
    native: command("startUpNative.js"),
  },
  {
    against: "the same on promises and AbortController",
    unit: "ms",
    maxRounds: 7,
    metrics: [{ name: "a crawler of 20,000 pages, processor time of the whole process" }],
    ours: command("crawl.js"),
    native: command("crawlNative.js"),
  },
  ...memory("task", "tasks", "an async function that awaits", "promises"),
  ...memory("sleeping task", "sleepers", "an async function that awaits setTimeout", "nativeSleepers"),
  ...memory("timer", "timers", "setTimeout", "timeouts"),
];
