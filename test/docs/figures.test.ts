// The documented figures are those that were published with all their rounds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { textOf } from "../support/tree.js";

interface Published {
  readonly results: readonly {
    readonly name: string;
    readonly ours: { readonly median: number };
    readonly native: { readonly median: number };
  }[];
}

const { results } = JSON.parse(textOf("bench/published/node20.json")) as Published;
const rows = [...textOf("README.md").matchAll(/^\| +([\d.]+) \| (.+?) +\|/gm)].map(([, shown, name]) => [name, shown]);

test("each ratio in the README is the published one", () => {
  const published = rows.map(([name]) => {
    const result = results.find((each) => each.name === name);
    return [name, result === undefined ? "not measured" : (result.ours.median / result.native.median).toFixed(2)];
  });
  assert.ok(rows.length > 0);
  assert.deepEqual(rows, published);
});
