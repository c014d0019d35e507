// as-bind is bundled into `wasyncio/inspect`, and stays there: no other entry loads it, and nobody has to install it.
import assert from "node:assert/strict";
import { dirname, posix } from "node:path";
import { test } from "node:test";
import { textOf } from "../support/tree.js";

const BUNDLED = "dist/bindings/inspect/asBind.js";

interface Manifest {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies?: object;
  readonly optionalDependencies?: object;
  readonly bundleDependencies?: unknown;
}

const manifest = JSON.parse(textOf("package.json")) as Manifest;

/** The scripts of an entry, for whatever host. */
function scriptsOf(entry: string): string[] {
  const paths = Object.values(manifest.exports[entry]!).filter((path) => path.endsWith(".js"));
  return paths.map((path) => path.replace("./", ""));
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^"';]*\sfrom\s)?\s*"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g;

/** The modules that `script` loads, itself included, and the names of what it imports from elsewhere. */
function graphOf(script: string): { modules: string[]; foreign: string[] } {
  const modules = new Set([script]);
  const foreign = new Set<string>();
  for (const module of modules) {
    if (!module.endsWith(".js")) continue;
    for (const match of textOf(module).matchAll(IMPORT)) {
      const specifier = match[1] ?? match[2]!;
      if (specifier.startsWith(".")) modules.add(posix.join(dirname(module), specifier));
      else foreign.add(specifier);
    }
  }
  return { modules: [...modules], foreign: [...foreign] };
}

const others = Object.keys(manifest.exports).filter((entry) => entry !== "./inspect" && scriptsOf(entry).length > 0);

for (const entry of others) {
  test(`the entry ${entry} loads neither as-bind nor anything else of the inspector`, () => {
    for (const script of scriptsOf(entry)) {
      const { modules, foreign } = graphOf(script);
      assert.ok(modules.length > 1, `${script} loads nothing`);
      assert.deepEqual(
        modules.filter((path) => path.startsWith("dist/bindings/inspect")),
        [],
      );
      assert.deepEqual(
        foreign.filter((specifier) => specifier.includes("as-bind") || specifier.includes("assemblyscript")),
        [],
      );
    }
  });
}

test("the entry ./inspect carries as-bind with it and imports nothing from elsewhere", () => {
  const { modules, foreign } = graphOf("dist/bindings/inspect.js");
  assert.ok(modules.includes(BUNDLED));
  assert.deepEqual(foreign, []);
});

test("the licences of what is bundled stand beside it", () => {
  const licences = textOf(BUNDLED.replace(/js$/, "LICENSE.txt"));
  assert.match(licences, /MIT License/);
  assert.match(licences, /Apache License\s+Version 2\.0/);
});

test("neither as-bind nor anything else is installed with the package", () => {
  assert.equal(manifest.dependencies, undefined);
  assert.equal(manifest.optionalDependencies, undefined);
  assert.equal(manifest.bundleDependencies, undefined);
});
