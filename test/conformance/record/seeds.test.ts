import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSeeds } from "./seeds.js";

test("a range includes both of its ends", () => {
  assert.deepEqual(parseSeeds("3..17"), { from: 3, to: 17 });
});

test("a single seed is a range of one", () => {
  assert.deepEqual(parseSeeds("5"), { from: 5, to: 5 });
});

test("a range that is empty or no range is refused", () => {
  assert.throws(() => parseSeeds("9..3"), /no seed/);
  assert.throws(() => parseSeeds("..3"), /neither/);
  assert.throws(() => parseSeeds(""), /neither/);
});
