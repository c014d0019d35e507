import { isDeepStrictEqual } from "node:util";
import type { Entry, TraceEvent } from "./format.js";
import type { Outcome } from "./runEntry.js";

type Failure = Extract<Outcome, { status: "failed" }>;

/** Events shown before and after the first that differs. */
const CONTEXT = 4;

/** The index of the first event that differs, or null when the traces are the same. */
export function firstDifference(expected: readonly TraceEvent[], actual: readonly TraceEvent[]): number | null {
  const length = Math.max(expected.length, actual.length);
  for (let index = 0; index < length; index++) {
    if (!isDeepStrictEqual(expected[index], actual[index])) return index;
  }
  return null;
}

/** A failed program: its name, why, and both traces around the first event that differs. */
export function describeFailure(entry: Entry, { reason, trace, notes }: Failure): string {
  const lines = [`FAILED ${entry.name}${entry.purpose === undefined ? "" : ` (${entry.purpose})`}`];
  if (reason !== null) lines.push(`  ${reason}`);
  const index = firstDifference(entry.trace, trace);
  if (index === null) return lines.join("\n");
  const from = Math.max(0, index - CONTEXT);
  const shared = entry.trace.slice(from, index).map((event, offset) => `    ${from + offset} ${JSON.stringify(event)}`);
  lines.push(`  the traces differ at event ${index}`, ...shared);
  lines.push(...excerpt("expected", entry.trace, index), ...excerpt("actual  ", trace, index, notes));
  return lines.join("\n");
}

function excerpt(
  title: string,
  trace: readonly TraceEvent[],
  index: number,
  notes?: ReadonlyMap<number, string>,
): string[] {
  const events = trace.slice(index, index + CONTEXT + 1).map((event, offset) => {
    const note = notes?.get(index + offset);
    return `  ${title} ${index + offset} ${JSON.stringify(event)}${note === undefined ? "" : `  // ${note}`}`;
  });
  return events.length === 0 ? [`  ${title} ${index} nothing`] : events;
}
