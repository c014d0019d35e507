import assert from "node:assert/strict";
import { test } from "node:test";
import * as library from "../../bindings/index.js";
import "../support/core.js";
import { CORPUS_FILES, readEntries } from "./corpus.js";
import type { Entry } from "./format.js";
import { describeFailure } from "./report.js";
import { runEntry } from "./runEntry.js";
import type { Library } from "./runtime/library.js";

/** Failures shown in full; the rest are only counted. */
const SHOWN = 5;

/** Programs by what their names begin with: `timeout/expires` belongs to `timeout`, `seed-7` to `seed`. */
function groups(): Map<string, Entry[]> {
  const found = new Map<string, Entry[]>();
  for (const entry of CORPUS_FILES.flatMap(readEntries)) {
    const group = entry.name.split(/[/-]/)[0] ?? "";
    const entries = found.get(group);
    if (entries === undefined) found.set(group, [entry]);
    else entries.push(entry);
  }
  return found;
}

for (const [group, entries] of groups()) {
  test(`the '${group}' programs leave the traces that CPython left (${entries.length})`, async (t) => {
    const failures: string[] = [];
    let skipped = 0;
    for (const entry of entries) {
      const outcome = await runEntry(entry, library as unknown as Library);
      if (outcome.status === "skipped") skipped++;
      if (outcome.status === "failed") failures.push(describeFailure(entry, outcome));
    }
    t.diagnostic(`${skipped} of ${entries.length} skipped`);
    assert.equal(failures.length, 0, [`${failures.length} failed`, ...failures.slice(0, SHOWN)].join("\n"));
  });
}
