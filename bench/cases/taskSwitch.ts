// What does it cost to leave the processor to the others and to come back, and does it matter how deep the calls are?
import { coroutine, gather, sleep, type Steps } from "wasyncio";
import type { Case } from "../case.js";

const TASKS = 100;
const SWITCHES = 1000;

const yielding = coroutine(function* (depth: number, switches: number): Steps<void> {
  if (depth > 0) yield* yielding(depth - 1, switches);
  else for (let i = 0; i < switches; i++) yield;
});

const sleeping = coroutine(function* (depth: number, switches: number): Steps<void> {
  if (depth > 0) yield* sleeping(depth - 1, switches);
  else for (let i = 0; i < switches; i++) yield* sleep(0);
});

async function awaiting(depth: number, switches: number): Promise<void> {
  if (depth > 0) await awaiting(depth - 1, switches);
  else for (let i = 0; i < switches; i++) await null;
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

function taskSwitch(how: string, body: typeof yielding, depth: number, tasks: number, switches: number): Case {
  const where = depth === 0 ? "flat" : `${depth} call${depth === 1 ? "" : "s"} deep`;
  const crowd = tasks === TASKS ? "" : `, ${tasks.toLocaleString("en")} task${tasks === 1 ? "" : "s"}`;
  return {
    name: `task switch by ${how}, ${where}${crowd}`,
    against: "await null",
    n: tasks * switches,
    ours: {
      *run() {
        yield* gather(times(tasks, () => body(depth, switches)));
      },
    },
    native: { run: () => Promise.all(times(tasks, () => awaiting(depth, switches))) },
  };
}

const DEPTHS = [0, 1, 3, 8];

export const taskSwitchCases: readonly Case[] = [
  ...DEPTHS.map((depth) => taskSwitch("yield", yielding, depth, TASKS, SWITCHES)),
  ...DEPTHS.map((depth) => taskSwitch("sleep(0)", sleeping, depth, TASKS, SWITCHES)),
  taskSwitch("yield", yielding, 0, 1, 100_000),
  taskSwitch("yield", yielding, 0, 10_000, 10),
];
