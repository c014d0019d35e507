import type { Json, Program, TraceEvent } from "../format.js";
import type { Random } from "./generator/random.js";

const FEWEST_EVENTS = 14;
const MOST_EVENTS = 160;
/** Characters of JSON; longer programs are hard to read when they fail. */
const LONGEST_PROGRAM = 7000;
const SCORE = 12;
/** A deadlock hides whatever a program would have done afterwards. */
const DEADLOCKS_KEPT = 0.25;

/** Whether the tasks of a program got into each other's way enough to be worth comparing. */
export function isInteresting(program: Program, trace: readonly TraceEvent[], random: Random): boolean {
  if (trace.length < FEWEST_EVENTS || trace.length > MOST_EVENTS) return false;
  if (JSON.stringify(program).length > LONGEST_PROGRAM) return false;
  if (trace.at(-1)?.[2] === "deadlock" && !random.chance(DEADLOCKS_KEPT)) return false;
  const tasks = new Set(trace.map(([, task]) => task).filter((task) => task !== null));
  return tasks.size >= 3 && score(trace) >= SCORE;
}

/** Counts kinds of errors, different times, and changes of task at one instant. */
export function score(trace: readonly TraceEvent[]): number {
  const errors = new Set(trace.filter((event) => event[3] === "!").map((event) => kindOf(event[4] ?? null)));
  const times = new Set(trace.map(([time]) => time));
  const switches = trace.filter((event, index) => {
    const previous = trace[index - 1];
    return previous !== undefined && previous[0] === event[0] && previous[1] !== event[1];
  });
  return 2 * errors.size + times.size + Math.min(switches.length, 12);
}

function kindOf(error: Json): Json {
  return (error as Readonly<Record<string, Json>> | null)?.["error"] ?? null;
}
