// What the benchmark has to reach on Node 20: `npm run bench -- --marks`.
import { formatRatio } from "./report/format.js";
import { multiples, ratio, type Result } from "./result.js";

export interface Mark {
  readonly name: string;
  /** The ratio to native, at most. */
  readonly mark: number;
  /** What had to be reached first, when the core was new. */
  readonly first?: number;
}

export const marks: readonly Mark[] = [
  { name: "task switch by yield, flat", mark: 0.65, first: 0.8 },
  { name: "task switch by yield, 3 calls deep", mark: 0.65 },
  { name: "task switch by yield, 8 calls deep", mark: 0.65, first: 0.8 },
  { name: "task switch by sleep(0), flat", mark: 0.75, first: 0.95 },
  { name: "task switch by sleep(0), 3 calls deep", mark: 0.75 },
  { name: "task switch by sleep(0), 8 calls deep", mark: 0.7, first: 0.95 },
  { name: "Future round trip by yield*", mark: 0.95, first: 1.1 },
  { name: "Future round trip by yield", mark: 0.8, first: 1.1 },
  { name: "awaiting what is done", mark: 0.35 },
  { name: "create and join 100,000 tasks", mark: 2.4, first: 3.0 },
  { name: "create and join 100,000 tasks, eager", mark: 1.7 },
  { name: "create and join 100,000 tasks, one suspension each", mark: 1.05 },
  { name: "gather 10,000, one suspension each", mark: 1.1 },
  { name: "tree of calls, six children a node, half of the leaves suspend", mark: 1.05 },
  { name: "chain of three calls, one suspension each", mark: 1.1 },
  { name: "chain of three calls, no suspension", mark: 0.75 },
  { name: "eager compiled: three calls deep, one suspension each, wrapped once", mark: 1.15 },
  { name: "eager compiled: one call without suspension, wrapped once", mark: 2 },
  { name: "eager compiled: loop of `await null`", mark: 0.6 },
  { name: "eager compiled: three calls deep, one suspension each, TypeScript's shape", mark: 0.4 },
  { name: "100,000 timers set, 90 % cancelled", mark: 0.45, first: 0.55 },
  { name: "100,000 sleeps of 1 to 300 ms, processor time", mark: 0.75 },
  { name: "cancel and join 20,000 sleepers", mark: 0.22 },
  { name: "event ping-pong, a hop", mark: 0.75 },
  { name: "queue, bound 1, an item", mark: 1.2 },
  { name: "queue, bound 100, an item", mark: 0.55 },
  { name: "contended lock, 100 tasks", mark: 0.9 },
  { name: "memory of a pending task, V8 heap", mark: 0.65 },
];

/** What another library takes for the same, as a multiple of what we take, at least. */
export interface RivalMark {
  readonly name: string;
  readonly library: string;
  readonly times: number;
}

const SWITCH = "task switch by yield, flat";
const CREATE = "create and join 100,000 tasks";

export const rivalMarks: readonly RivalMark[] = [
  { name: SWITCH, library: "effect", times: 5 },
  { name: CREATE, library: "effect", times: 4 },
  { name: SWITCH, library: "effection", times: 20 },
  { name: CREATE, library: "effection", times: 20 },
  { name: SWITCH, library: "asyncio", times: 10 },
  { name: CREATE, library: "asyncio", times: 10 },
  { name: SWITCH, library: "uvloop", times: 5 },
  { name: CREATE, library: "uvloop", times: 5 },
  { name: "contended lock, 100 tasks", library: "async-mutex", times: 1 / 0.12 },
];

/** How much dearer one of many may be than one of few: our medians added up. */
export interface GrowthMark {
  readonly name: string;
  readonly few: readonly string[];
  readonly many: readonly string[];
  readonly mark: number;
}

export const growthMarks: readonly GrowthMark[] = [
  {
    name: "timers set and cancelled, a million pending to a thousand",
    few: ["timers set, 1,000 pending", "timers cancelled, 1,000 pending"],
    many: ["timers set, 1,000,000 pending", "timers cancelled, 1,000,000 pending"],
    mark: 2.5,
  },
  {
    name: "timers expired, a million pending to a thousand",
    few: ["timers expired, 1,000 pending"],
    many: ["timers expired, 1,000,000 pending"],
    mark: 8,
  },
];

/** The names of all cases that a mark needs. */
export const markedNames: readonly string[] = [
  ...new Set([
    ...marks.map(({ name }) => name),
    ...rivalMarks.map(({ name }) => name),
    ...growthMarks.flatMap(({ few, many }) => [...few, ...many]),
  ]),
];

export interface Verdict {
  readonly isReached: boolean;
  readonly text: string;
}

function verdict(isReached: boolean, value: string, bound: string, name: string): Verdict {
  return { isReached, text: `${isReached ? "reached" : "MISSED "}  ${value}  ${bound}  ${name}` };
}

function cost(results: readonly Result[], names: readonly string[]): number {
  let sum = 0;
  for (const name of names) sum += results.find((each) => each.name === name)?.ours.median ?? NaN;
  return sum;
}

/** How much dearer one of many is than one of few; NaN if not all of it was measured. */
export function growthOf(results: readonly Result[], { few, many }: GrowthMark): number {
  return cost(results, many) / cost(results, few);
}

/** What is printed is what is judged: a third digit is more than a measurement has. */
function rounded(value: number): number {
  return Number(formatRatio(value));
}

/** One verdict for each mark whose case was measured. */
export function judge(results: readonly Result[]): Verdict[] {
  const verdicts: Verdict[] = [];
  const resultOf = (name: string): Result | undefined => results.find((each) => each.name === name);
  for (const { name, mark, first } of marks) {
    const result = resultOf(name);
    if (result === undefined) continue;
    const value = rounded(ratio(result));
    const then =
      first === undefined
        ? ""
        : ` (the core's first mark ${formatRatio(first)}: ${value <= first ? "reached" : "MISSED"})`;
    verdicts.push(verdict(value <= mark, formatRatio(value), `mark ${formatRatio(mark)}`, name + then));
  }
  for (const each of growthMarks) {
    const growth = rounded(growthOf(results, each));
    if (Number.isNaN(growth)) continue;
    verdicts.push(verdict(growth <= each.mark, formatRatio(growth), `mark ${formatRatio(each.mark)}`, each.name));
  }
  for (const { name, library, times } of rivalMarks) {
    const result = resultOf(name);
    const multiple = result && multiples(result).find(([each]) => each === library)?.[1];
    if (multiple === undefined) continue;
    const [value, bound] = [`${multiple.toFixed(1)} ×`, `at least ${times.toFixed(1)} ×`];
    verdicts.push(verdict(multiple >= times, value, bound, `${library}: ${name}`));
  }
  return verdicts;
}
