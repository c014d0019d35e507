// What must not stand in any file of the project.
import assert from "node:assert/strict";
import { test } from "node:test";
import { filesUnder, textOf } from "../support/tree.js";

const THIS_FILE = "test/guards/text.test.ts";
const BINARY = /\.(gz|wasm|png|ico)$/;

const files = filesUnder("").filter((path) => !BINARY.test(path) && path !== THIS_FILE);

function linesWith(pattern: RegExp, paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    textOf(path)
      .split("\n")
      .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim().slice(0, 100)}`] : [])),
  );
}

test("no path of the machine it was written on", () => {
  assert.deepEqual(linesWith(/(^|[\s"'`(=:])(file:\/\/)?\/(work|root|home|Users|tmp)\/|[A-Z]:\\\\/, files), []);
});

test("no host of a package registry", () => {
  assert.deepEqual(
    linesWith(/\bregistry\.(npmjs|yarnpkg|npmmirror)\b|https?:\/\/[^\s"']*(registry|artifactory|nexus)\b/, files),
    [],
  );
});

test("no star re-exports", () => {
  const code = files.filter((path) => /\.(ts|mjs)$/.test(path));
  assert.deepEqual(linesWith(/^\s*export \*/, code), []);
});

test("no notes to do something later", () => {
  const mark = new RegExp(`\\b(${["TO", "DO"].join("")}|${["FIX", "ME"].join("")}|XXX|HACK)\\b`);
  assert.deepEqual(linesWith(mark, files), []);
});

test("no file is taken out of the linter's or the compiler's sight", () => {
  const code = files.filter((path) => /\.(ts|mjs)$/.test(path));
  assert.deepEqual(linesWith(/\bts-(ignore|nocheck)\b|lint-disable(?!-next-line)/, code), []);
});
