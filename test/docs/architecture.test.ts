// ARCHITECTURE.md repeats two tables that have a home elsewhere; they stay the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LAYERS } from "../guards/layerTable.js";
import { textOf } from "../support/tree.js";

const architecture = textOf("ARCHITECTURE.md");

/** The first two cells of each row of each table. */
function rowsOf(markdown: string): [string, string][] {
  return [...markdown.matchAll(/^\| *(.+?) *\| *(.+?) *\|/gm)].map(([, first, second]) => [first!, second!]);
}

test("ARCHITECTURE.md shows the layers that the guard checks", () => {
  const shown = rowsOf(architecture).filter(([first, second]) => /^\d+$/.test(first) && second.startsWith("`"));
  assert.deepEqual(
    shown.map(([, folders]) => folders.replaceAll("`", "").split(", ")),
    LAYERS,
  );
});

test("ARCHITECTURE.md states the core's invariants as the core's README does", () => {
  const invariants = (markdown: string): [string, string][] =>
    rowsOf(markdown).filter(([id]) => /^I-[A-Z]{2}\d+$/.test(id));
  assert.deepEqual(invariants(architecture), invariants(textOf("assembly/README.md")));
});
