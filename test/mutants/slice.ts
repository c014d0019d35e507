// A slice of the conformance corpus: one program of twelve, a test each.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as library from "../../bindings/index.js";
import "../support/core.js";
import { CORPUS_FILES, readEntries } from "../conformance/corpus.js";
import { runEntry } from "../conformance/runEntry.js";
import type { Library } from "../conformance/runtime/library.js";

const EVERY = 12;

for (const [i, entry] of CORPUS_FILES.flatMap(readEntries).entries()) {
  if (i % EVERY !== 0) continue;
  test(`conformance ${entry.name}`, async () => {
    const outcome = await runEntry(entry, library as unknown as Library);
    assert.equal(outcome.status, "passed");
  });
}
