// A mark that names no case would never be missed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadCases } from "../../bench/cases/index.js";
import { growthMarks, judge, markedNames, marks } from "../../bench/marks.js";
import { programs } from "../../bench/programs/index.js";
import { figure, type Result } from "../../bench/result.js";
import { textOf } from "../support/tree.js";

const names = new Set([
  ...(await loadCases()).map(({ name }) => name),
  ...programs.flatMap(({ metrics }) => metrics.map(({ name }) => name)),
]);

function resultOf(name: string, ours: number, native: number, theirs: Record<string, number> = {}): Result {
  const figures = Object.fromEntries(Object.entries(theirs).map(([library, value]) => [library, figure([value])]));
  const rivals = { ours: figure([ours]), theirs: figures };
  return { name, against: "", unit: "ns", ours: figure([ours]), native: figure([native]), rivals };
}

test("every mark is about a case of the benchmark", () => {
  assert.deepEqual(
    markedNames.filter((name) => !names.has(name)),
    [],
  );
});

test("every guarded case is one of the benchmark", () => {
  const guarded = Object.keys(JSON.parse(textOf("bench/recorded.json")) as object);
  assert.ok(guarded.length > 0);
  assert.deepEqual(
    guarded.filter((name) => !names.has(name)),
    [],
  );
});

test("a ratio at its mark is reached, one above it is missed", () => {
  const { name, mark } = marks[0]!;
  assert.deepEqual(
    [mark, mark + 0.01].flatMap((ours) => judge([resultOf(name, ours, 1)]).map(({ isReached }) => isReached)),
    [true, false],
  );
});

test("a multiple of another library's cost that is too small is missed", () => {
  const name = "task switch by yield, flat";
  const verdicts = judge([resultOf(name, 1, 10, { effect: 5, uvloop: 4.9 })]);
  assert.deepEqual(
    verdicts.filter(({ text }) => text.includes(":")).map(({ isReached, text }) => [isReached, text.slice(0, 7)]),
    [
      [true, "reached"],
      [true, "reached"],
      [false, "MISSED "],
    ],
  );
});

test("growth is judged by our own figures added up", () => {
  const { few, many, mark } = growthMarks[0]!;
  const results = [...few.map((name) => resultOf(name, 10, 1)), ...many.map((name) => resultOf(name, 10 * mark, 1))];
  assert.deepEqual(
    judge(results).map(({ isReached }) => isReached),
    [true],
  );
});
