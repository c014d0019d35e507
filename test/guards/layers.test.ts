// Imports point downwards, and no two files import each other, not even by a detour. The compiled files are read: in
// them only imports of values are left, so what is imported as a type alone is free.
import assert from "node:assert/strict";
import { dirname, posix } from "node:path";
import { test } from "node:test";
import { compiledUnder, textOf } from "../support/tree.js";
import { LAYERS, SHARED_WITH_CORE } from "./layerTable.js";

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^"';]*\sfrom\s)?\s*"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g;

const files = compiledUnder("bindings");
const importsOf = new Map(files.map((file) => [file, readImports(file)]));

/** What `file` imports: paths relative to dist/, or bare names. */
function readImports(file: string): string[] {
  const specifiers = [...textOf(`dist/${file}`).matchAll(IMPORT)].map((match) => match[1] ?? match[2]!);
  return specifiers.map((name) => (name.startsWith(".") ? posix.join(dirname(file), name) : name));
}

/** The row of a file's folder; -1 for doors. */
function layerOf(file: string): number {
  const folder = folderOf(file);
  if (folder === null) return -1;
  const layer = LAYERS.findIndex((row) => row.includes(folder));
  assert.notEqual(layer, -1, `bindings/${folder} stands in no layer; add it to the table`);
  return layer;
}

function folderOf(file: string): string | null {
  const parts = file.split("/");
  return parts.length === 2 ? null : parts[1]!;
}

test("the guard sees the imports", () => {
  assert.ok(importsOf.get("bindings/tasks/task.js")!.includes("bindings/futures/future.js"));
  assert.ok(importsOf.get("bindings/index.js")!.includes("bindings/run/run.js"));
});

test("a file imports values from its own folder and from lower layers only", () => {
  const wrong: string[] = [];
  for (const [file, imports] of importsOf) {
    if (folderOf(file) === null) continue;
    for (const imported of imports.filter((name) => name.startsWith("bindings/"))) {
      const isOwn = folderOf(imported) === folderOf(file);
      const isLower = folderOf(imported) !== null && layerOf(imported) < layerOf(file);
      if (!isOwn && !isLower) wrong.push(`${file} imports ${imported}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("nothing but the codes is shared with the core", () => {
  const others = [...importsOf].flatMap(([file, imports]) =>
    imports
      .filter((name) => name.startsWith("assembly/") && name !== SHARED_WITH_CORE)
      .map((name) => `${file}: ${name}`),
  );
  assert.deepEqual(others, []);
});

test("there are no cycles of value imports", () => {
  assert.equal(findCycle()?.join(" -> "), undefined);
});

/** The first cycle found, as a path that ends where it begins. */
function findCycle(): string[] | undefined {
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] | undefined => {
    if (finished.has(file)) return undefined;
    const start = path.indexOf(file);
    if (start !== -1) return [...path.slice(start), file];
    path.push(file);
    for (const imported of importsOf.get(file) ?? []) {
      const cycle = visit(imported);
      if (cycle !== undefined) return cycle;
    }
    path.pop();
    finished.add(file);
    return undefined;
  };
  for (const file of files) {
    const cycle = visit(file);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
