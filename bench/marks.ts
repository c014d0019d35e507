// What the benchmark has to reach, as ratios to native: `npm run bench -- --marks`.
import { formatRatio } from "./report/text.js";
import { ratio, type Result } from "./result.js";

export const marks: Readonly<Record<string, number>> = {
  "task switch by yield, flat": 0.8,
  "task switch by yield, 8 calls deep": 0.8,
  "task switch by sleep(0), flat": 0.95,
  "task switch by sleep(0), 8 calls deep": 0.95,
  "Future round trip by yield*": 1.1,
  "Future round trip by yield": 1.1,
  "create and join 100,000 tasks": 3.0,
  "100,000 timers set, 90 % cancelled": 0.55,
};

/** One line for each mark; whether all are reached. */
export function checkMarks(results: readonly Result[]): boolean {
  let areReached = true;
  for (const [name, mark] of Object.entries(marks)) {
    const result = results.find((each) => each.name === name);
    if (result === undefined) continue;
    const isReached = ratio(result) <= mark;
    areReached &&= isReached;
    const verdict = isReached ? "reached" : "MISSED ";
    console.log(`${verdict}  ${formatRatio(ratio(result))}  mark ${formatRatio(mark)}  ${name}`);
  }
  return areReached;
}
