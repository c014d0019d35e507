// The package as its users meet it: what its entries export, and that nothing else can be reached.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { root } from "../support/tree.js";
import { doorOf, entries, exportsOf, goldenSurface, manifest, surfaceOf } from "./surface.js";

const golden = goldenSurface();

test("the package's entries are the ones that the golden list knows", () => {
  assert.deepEqual(entries.map(({ entry }) => entry).sort(), Object.keys(golden).sort());
});

for (const { entry, targets } of entries) {
  // The package's own name, so that the specifier goes through `exports`.
  const specifier = manifest.name + entry.slice(1);

  test(`${specifier} resolves by the package's own exports, and exports exactly the golden values`, async () => {
    const loaded = (await import(specifier)) as object;
    assert.deepEqual(Object.keys(loaded).sort(), golden[entry]?.values);
  });

  test(`the door of ${specifier} re-exports exactly the golden names, and does nothing else`, () => {
    assert.deepEqual(surfaceOf(doorOf(targets)), golden[entry]);
  });

  test(`every file that ${specifier} names is built`, () => {
    for (const file of Object.values(targets)) assert.ok(existsSync(join(root, file)), file);
  });
}

for (const [file, instead] of Object.entries(manifest.browser)) {
  test(`what bundles for pages have instead of ${file} exports the same names`, async () => {
    const [plain, ofPages] = await Promise.all(
      [file, instead].map((path) => import(pathToFileURL(join(root, path)).href) as Promise<object>),
    );
    assert.deepEqual(Object.keys(ofPages!), Object.keys(plain!));
  });
}

/** Entries of which a program takes one or the other; they offer the same names. */
const ALTERNATIVES = "./async/";

test("each name leaves by exactly one door", () => {
  const doors = new Map<string, Set<string>>();
  for (const { entry, targets } of entries) {
    for (const { name, from } of exportsOf(doorOf(targets))) {
      const source = `${name} of ${new URL(from, `file:///${doorOf(targets)}`).pathname}`;
      const door = entry.startsWith(ALTERNATIVES) ? ALTERNATIVES : entry;
      doors.set(source, (doors.get(source) ?? new Set()).add(door));
    }
  }
  assert.deepEqual(
    [...doors].filter(([, by]) => by.size > 1),
    [],
  );
});

test("nothing inside the package can be reached past its entries", async () => {
  for (const inner of ["dist/bindings/index.js", "bindings/loop/driver.js", "dist/bindings/wasm/instantiate.js"]) {
    await assert.rejects(import(`${manifest.name}/${inner}`), { code: "ERR_PACKAGE_PATH_NOT_EXPORTED" });
  }
});

test("the compiled core can be found as a file of the package", () => {
  assert.ok(existsSync(new URL(import.meta.resolve(`${manifest.name}/core.wasm`))));
});

test("the package depends on nothing at run time", () => {
  assert.equal(manifest.dependencies, undefined);
});
