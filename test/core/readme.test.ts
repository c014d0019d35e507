// assembly/README.md is what the other side of the boundary is written from, so it must name everything that is there.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import * as codes from "../../assembly/codes.js";
import { coreModule } from "../support/rawCore.js";

const ROOT = new URL("../../../", import.meta.url);
const INVARIANT_ID = /I-[A-Z]{2}\d+/g;

function textsOf(folder: string, suffix: string): string[] {
  const url = new URL(folder, ROOT);
  return readdirSync(url)
    .filter((name) => name.endsWith(suffix))
    .map((name) => readFileSync(new URL(name, url), "utf8"));
}

const readme = textsOf("assembly/", "README.md").join();
const sources = textsOf("assembly/", ".ts").join("\n");
const tests = textsOf("test/core/", ".test.ts").join("\n");

function idsIn(text: string): string[] {
  return [...new Set(text.match(INVARIANT_ID))].sort();
}

test("the invariants of the README are those of the core's sources", () => {
  assert.deepEqual(idsIn(readme), idsIn(sources));
});

test("every invariant stands in the title of a test", () => {
  const titles = tests.split("\n").filter((line) => /(test\w*\(|title: )["`]/.test(line));
  assert.deepEqual(idsIn(titles.join("\n")), idsIn(readme));
});

/** The first two cells of each row of each table. */
const rows = readme
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .map((line) => line.split("|").slice(1, 3))
  .map(([first, second]) => ({ first: first!.trim(), second: second!.trim() }));

for (const prefix of ["HEADER_", "FAULT_"]) {
  test(`the README lists every ${prefix}* with its number`, () => {
    const listed = rows.filter(({ second }) => second.startsWith(`\`${prefix}`));
    const expected = Object.entries(codes).filter(([name]) => name.startsWith(prefix) && name !== "HEADER_WORDS");
    expected.sort(([, a], [, b]) => a - b);
    assert.deepEqual(
      listed.map(({ first, second }) => `${first} ${second}`),
      expected.map(([name, code]) => `${code} \`${name}\``),
    );
  });
}

test("the README lists every kind of slot with its number", () => {
  const listed = rows.map(({ first }) => first).filter((first) => first.startsWith("`KIND_"));
  const expected = Object.entries(codes).filter(([name]) => name.startsWith("KIND_"));
  assert.deepEqual(listed.sort(), expected.map(([name, code]) => `\`${name}\` (${code})`).sort());
});

test("the README lists every export of the core", () => {
  const listed = new Set(rows.map(({ first }) => first));
  for (const { name } of WebAssembly.Module.exports(coreModule("debug"))) {
    assert.ok(listed.has(`\`${name}\``), `${name} is not listed`);
  }
});
