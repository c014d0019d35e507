// What the built files import from each other is constant where it matters (docs/decisions/013-imports.md).
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { compiledUnder, textOf } from "../support/tree.js";

const IMPORT = /^import \{ ([^}]+) \} from "(\.[^"]+)";/gm;

interface Imported {
  readonly file: string;
  readonly from: string;
  /** As the file has it: `name`, or `name as local`. */
  readonly specifier: string;
}

const imported = compiledUnder("bindings").flatMap((file) =>
  [...textOf(`dist/${file}`).matchAll(IMPORT)].flatMap(([, names, from]) =>
    names!.split(/, ?/).map((specifier): Imported => ({ file, from: from!, specifier })),
  ),
);

test("no file imports a whole number: it is a literal", async () => {
  const numbers: string[] = [];
  for (const { file, from, specifier } of imported.filter(({ specifier: name }) => /^[A-Z][A-Z\d_]+$/.test(name))) {
    const module = (await import(`../../${join(dirname(file), from)}`)) as Record<string, unknown>;
    if (Number.isInteger(module[specifier])) numbers.push(`${file}: ${specifier}`);
  }
  assert.deepEqual(numbers, []);
});

test("what every step uses is a constant of its importer", () => {
  const renamed = imported.filter(({ specifier }) => specifier.endsWith("$"));
  assert.ok(renamed.some(({ file, specifier }) => file === "bindings/tasks/step.js" && specifier.startsWith("pop ")));
  for (const { file, specifier } of renamed) {
    const local = specifier.split(" as ")[1]!;
    assert.ok(textOf(`dist/${file}`).includes(` const ${local.slice(0, -1)} = ${local};`), `${file}: ${specifier}`);
  }
});
