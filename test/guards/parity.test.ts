// docs/parity.md, the package's exports and asyncio's names stay in step: whatever is added on one side has to appear
// on the other.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as root from "../../bindings/index.js";
import * as inspect from "../../bindings/inspect.js";
import * as io from "../../bindings/io.js";
import * as testing from "../../bindings/testing.js";

const ROOT = new URL("../../../", import.meta.url);

/** All doors for people; what compilers call has no counterpart. */
const exports = new Map<string, unknown>(Object.entries({ ...root, ...io, ...testing, ...inspect }));
const markdown = readFileSync(new URL("docs/parity.md", ROOT), "utf8");
const asyncio = JSON.parse(readFileSync(new URL("test/guards/asyncioNames.json", ROOT), "utf8")) as { names: string[] };

type Row = readonly [first: string, second: string];

/** The rows of the tables below a heading, up to the next heading of that level. */
function rowsBelow(heading: string): Row[] {
  const section = markdown.split(/^## /m).find((part) => part.startsWith(heading))!;
  return [...section.matchAll(/^\| (.+?) +\| (.+?) +\|$/gm)]
    .map(([, first, second]): Row => [first!, second!])
    .filter(([first]) => first.startsWith("`"))
    .map(([first, second]): Row => [first.slice(1, -1), second]);
}

const names = rowsBelow("Names");
const onlyHere = rowsBelow("Only here");

/** Some members are fields, which the prototype does not show. */
const samples: Readonly<Record<string, object>> = {
  Barrier: new root.Barrier(1),
  Queue: new root.Queue(),
  EventLoop: new root.EventLoop(),
  Process: new io.Process({ getPid: () => 1 } as never, { stdin: null, readers: new Map() } as never),
};

function isThere(path: string): boolean {
  const [name, member] = path.split(".") as [string, string | undefined];
  const value = exports.get(name);
  if (member === undefined) return exports.has(name);
  return typeof value === "function" && (member in (value.prototype as object) || member in (samples[name] ?? {}));
}

const RESPELT: Readonly<Record<string, string>> = {
  isfuture: "isFuture",
  iscoroutine: "isCoroutine",
  iscoroutinefunction: "isCoroutineFunction",
};

/**
 * asyncio's name as it is written here: split at the underscores. Constants and classes are as they are; what asyncio has in a
 * module of its own has none here.
 */
function respelt(path: string): string {
  return path
    .replace(/^subprocess\./, "")
    .split(".")
    .map(
      (name) =>
        RESPELT[name] ??
        (/[a-z]/.test(name) ? name.replace(/(?<=.)_([a-z])/g, (_, c: string) => c.toUpperCase()) : name),
    )
    .join(".");
}

function counterpart(cell: string): string | undefined {
  return /^`([\w.]+)`$/.exec(cell)?.[1];
}

test("every public name of asyncio stands in the table once", () => {
  assert.deepEqual(names.map(([name]) => name).sort(), [...asyncio.names].sort());
});

test("every name is there, planned, or none with a reason", () => {
  const unclear = names.filter(
    ([, cell]) => counterpart(cell) === undefined && !/^(planned(: .+)?|none: .+)$/.test(cell),
  );
  assert.deepEqual(unclear, []);
});

test("every counterpart that the table names exists", () => {
  const missing = names.map(([, cell]) => counterpart(cell)).filter((path) => path !== undefined && !isThere(path));
  assert.deepEqual(missing, []);
});

test("every counterpart is spelt as asyncio's name, in camelCase", () => {
  const odd = names.filter(([name, cell]) => counterpart(cell) !== undefined && counterpart(cell) !== respelt(name));
  assert.deepEqual(odd, []);
});

test("nothing that is planned or none exists already", () => {
  const built = names.filter(([name, cell]) => counterpart(cell) === undefined && isThere(respelt(name)));
  assert.deepEqual(built, []);
});

test("every export stands in one of the tables", () => {
  const listed = new Set([...names.map(([, cell]) => counterpart(cell)), ...onlyHere.map(([name]) => name)]);
  assert.deepEqual(
    [...exports.keys()].filter((name) => !listed.has(name)),
    [],
  );
});

test("what is only here exists and has no counterpart in asyncio", () => {
  const known = new Set(names.map(([name]) => respelt(name)));
  assert.deepEqual(
    onlyHere.map(([name]) => name).filter((name) => !isThere(name) || known.has(name)),
    [],
  );
});
