// How large files may be, and how tests are written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { filesUnder, lineCount, textOf } from "../support/tree.js";

const MAX_LINES = 300;
const MAX_MEDIAN = 120;
const CODE = /\.(ts|mjs)$/;

/** Tests that are about the host's own clock, or stand beside one. */
const MAY_USE_HOST_TIMERS = [
  "test/async/rejections.test.ts",
  "test/hosts/",
  "test/io/signalPrograms.test.ts",
  "test/loop/backgroundLoop.test.ts",
  "test/loop/otherLoops.ts",
  "test/loop/whichLoop.test.ts",
  "test/run/deadlock.test.ts",
  "test/run/sigint.test.ts",
  "test/support/child.ts",
  "test/conformance/",
];

test(`no file has more than ${MAX_LINES} lines`, () => {
  const code = ["assembly", "bindings", "test", "bench", "examples", "scripts"].flatMap(filesUnder);
  const long = code.filter((path) => CODE.test(path) && lineCount(path) > MAX_LINES);
  assert.deepEqual(long, []);
});

test(`half of the files in bindings/ have no more than ${MAX_MEDIAN} lines`, () => {
  const lengths = filesUnder("bindings")
    .map(lineCount)
    .sort((a, b) => a - b);
  const median = lengths[Math.floor(lengths.length / 2)]!;
  assert.ok(median <= MAX_MEDIAN, `the median is ${median}`);
});

test("no file is called utils", () => {
  assert.deepEqual(
    filesUnder("").filter((path) => /\/(utils?|helpers?|common|misc)\.ts$/.test(path)),
    [],
  );
});

test("each test of a file has a title of its own", () => {
  const twice: string[] = [];
  for (const path of filesUnder("test").filter((name) => name.endsWith(".test.ts"))) {
    const titles = [...textOf(path).matchAll(/\btest\w*\(\s*(["'`])(.*?)\1\s*,/g)].map((match) => match[2]!);
    for (const [i, title] of titles.entries()) if (titles.indexOf(title) !== i) twice.push(`${path}: ${title}`);
  }
  assert.deepEqual(twice, []);
});

test("tests do not wait on the host's clock, but for those that are about it", () => {
  const sleeping = filesUnder("test")
    .filter((path) => CODE.test(path) && !MAY_USE_HOST_TIMERS.some((allowed) => path.startsWith(allowed)))
    .filter((path) => /\b(setTimeout|setInterval)\(/.test(textOf(path)) && path !== "test/guards/shape.test.ts");
  assert.deepEqual(sleeping, []);
});
