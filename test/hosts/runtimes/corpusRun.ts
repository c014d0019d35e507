// The corpus where there is no file system: programs come as text.
import type { Entry } from "../../conformance/format.js";
import { describeFailure } from "../../conformance/report.js";
import { runEntry } from "../../conformance/runEntry.js";
import type { Library } from "../../conformance/runtime/library.js";
import { emptyResult, type Result } from "./result.js";

/** Runs programs, one in each line, on `library`. */
export async function runCorpus(lines: readonly string[], library: object): Promise<Result> {
  const result = emptyResult();
  for (const line of lines) {
    const entry = JSON.parse(line) as Entry;
    const outcome = await runEntry(entry, library as Library);
    result[outcome.status]++;
    if (outcome.status === "failed") result.notes.push(describeFailure(entry, outcome));
    if (outcome.status === "skipped") result.notes.push(`skipped: ${entry.name}: no ${outcome.missing.join(", ")}`);
  }
  return result;
}
