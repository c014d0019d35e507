import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "./random.js";

const numbers = (seed: string): number[] => {
  const random = new Random(seed);
  return Array.from({ length: 20 }, () => random.int(0, 999));
};

test("the same seed gives the same numbers", () => {
  assert.deepEqual(numbers("a"), numbers("a"));
});

test("seeds that differ in one character give other numbers", () => {
  assert.notDeepEqual(numbers("seed 1"), numbers("seed 2"));
});

test("the numbers of a seed never change, or no failure could be replayed", () => {
  assert.deepEqual(numbers("program 1 0").slice(0, 6), [600, 412, 359, 650, 236, 416]);
});

test("int reaches both of its bounds and nothing beyond them", () => {
  const random = new Random("bounds");
  const seen = new Set(Array.from({ length: 500 }, () => random.int(-1, 2)));
  assert.deepEqual(seen, new Set([-1, 0, 1, 2]));
});

test("a weight of zero is never chosen", () => {
  const random = new Random("weights");
  const items = [
    { weight: 0, name: "never" },
    { weight: 1, name: "often" },
    { weight: 0, name: "never" },
  ];
  for (let i = 0; i < 500; i++) assert.equal(random.weighted(items).name, "often");
});

test("a sample has no item twice", () => {
  const random = new Random("sample");
  for (let i = 0; i < 100; i++) {
    const sample = random.sample([1, 2, 3, 4, 5], 3);
    assert.equal(new Set(sample).size, 3);
  }
});

test("picking from nothing is an error", () => {
  assert.throws(() => new Random("empty").pick([]), RangeError);
});
