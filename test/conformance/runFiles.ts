import type { Form } from "./compile/spelling.js";
import { readEntries } from "./corpus.js";
import { describeFailure } from "./report.js";
import { runEntry } from "./runEntry.js";
import type { Library } from "./runtime/library.js";

export interface Summary {
  passed: number;
  failed: number;
  skipped: number;
  /** How many programs were skipped for each missing operation. */
  readonly missing: Map<string, number>;
}

/** Runs the programs of some files one after the other, and counts each once. */
export async function runFiles(
  files: readonly string[],
  library: Library,
  print: (text: string) => void,
  form?: Form,
): Promise<Summary> {
  const summary: Summary = { passed: 0, failed: 0, skipped: 0, missing: new Map() };
  for (const file of files) {
    for (const entry of readEntries(file)) {
      const outcome = await runEntry(entry, library, form);
      summary[outcome.status]++;
      if (outcome.status === "failed") print(describeFailure(entry, outcome));
      if (outcome.status !== "skipped") continue;
      for (const operation of outcome.missing) {
        summary.missing.set(operation, (summary.missing.get(operation) ?? 0) + 1);
      }
    }
  }
  return summary;
}

/** The operations that programs were skipped for, most frequent first. */
export function describeSkips({ missing }: Summary): string[] {
  const sorted = [...missing].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return sorted.map(([operation, count]) => `skipped: ${operation} in ${count} program${count === 1 ? "" : "s"}`);
}

export function describeCounts({ passed, failed, skipped }: Summary): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
