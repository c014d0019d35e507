// The configurations that the documentation shows are those of the example application, which the tests compile.
import assert from "node:assert/strict";
import { test } from "node:test";
import { textOf } from "../support/tree.js";

const page = textOf("docs/async-await.md");

for (const name of ["babel.config.mjs", "swc.mjs", "vite.config.mjs"]) {
  test(`${name} stands in the documentation as it is in the example`, () => {
    const code = textOf(`examples/async-await/${name}`).replace(/^\/\/.*\n/gm, "");
    assert.ok(
      page.includes(`\`\`\`js\n${code}\`\`\``),
      `docs/async-await.md does not show examples/async-await/${name}`,
    );
  });
}
