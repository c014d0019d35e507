// The corpus as compiled async functions. `.ci/run` runs all of it, on both cores.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as library from "../../bindings/index.js";
import "../support/core.js";
import { FORMS, formNamed, GENERATOR_FORM } from "./compile/spelling.js";
import { CORPUS_FILES, readEntries } from "./corpus.js";
import { describeFailure } from "./report.js";
import { runEntry } from "./runEntry.js";
import type { Library } from "./runtime/library.js";

/** One program of so many. */
const EVERY = 3;
const SHOWN = 3;

for (const [name, form] of FORMS) {
  if (form === GENERATOR_FORM) continue;
  test(`programs of async functions compiled as by ${name} leave the traces that CPython left`, async () => {
    const failures: string[] = [];
    for (const [i, entry] of CORPUS_FILES.flatMap(readEntries).entries()) {
      if (i % EVERY !== 0) continue;
      const outcome = await runEntry(entry, library as unknown as Library, form);
      if (outcome.status !== "passed")
        failures.push(outcome.status === "failed" ? describeFailure(entry, outcome) : entry.name);
    }
    assert.equal(failures.length, 0, [`${failures.length} failed`, ...failures.slice(0, SHOWN)].join("\n"));
  });
}

test("a form that does not exist is refused by name", () => {
  assert.throws(() => formNamed("promises"), /no form named 'promises'; there are generators, typescript, babel/);
});
