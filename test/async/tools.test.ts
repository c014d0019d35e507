// What the package offers to compilers, without the compilers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { wasyncioAsync as babelPreset } from "../../bindings/async/babel.js";
import { redirectHelpers, type Door } from "../../bindings/async/swc.js";
import { wasyncioAsync as vitePlugin, wasyncioTslib } from "../../bindings/async/vite.js";
import * as lazy from "../../bindings/async/lazy.js";
import { textOf } from "../support/tree.js";

test("SWC's helpers for async code are redirected to the door, all others stay", () => {
  const code = [
    'import { _ as _async_to_generator } from "@swc/helpers/_/_async_to_generator";',
    'import { _ as _define_property } from "@swc/helpers/_/_define_property";',
    "import { _ as _using_ctx1 } from '@swc/helpers/_/_using_ctx';",
    'const text = `import { _ as a } from "@swc/helpers/_/_async_iterator";`;',
  ].join("\n");
  assert.deepEqual(redirectHelpers(code, "lazy").split("\n"), [
    'import { asyncToGenerator as _async_to_generator } from "wasyncio/async/lazy";',
    'import { _ as _define_property } from "@swc/helpers/_/_define_property";',
    "import { usingCtx as _using_ctx1 } from 'wasyncio/async/lazy';",
    'const text = `import { _ as a } from "@swc/helpers/_/_async_iterator";`;',
  ]);
});

test("the helpers of OXC's and Babel's runtime packages are redirected as well", () => {
  const code = [
    'import _asyncToGenerator from "@oxc-project/runtime/helpers/asyncToGenerator";',
    'import _wrap from "@babel/runtime/helpers/esm/wrapAsyncGenerator.js";',
    'import _defineProperty from "@oxc-project/runtime/helpers/defineProperty";',
  ].join("\n");
  assert.deepEqual(redirectHelpers(code, "eager").split("\n"), [
    'import { asyncToGenerator as _asyncToGenerator } from "wasyncio/async/eager";',
    'import { wrapAsyncGenerator as _wrap } from "wasyncio/async/eager";',
    'import _defineProperty from "@oxc-project/runtime/helpers/defineProperty";',
  ]);
});

test("a door that is none is a TypeError that quotes it", () => {
  const wrong = "lasy" as Door;
  const error = { name: "TypeError", message: /"lazy" or "eager", got "lasy"/ };
  assert.throws(() => redirectHelpers("", wrong), error);
  assert.throws(() => babelPreset({}, { door: wrong }), error);
  assert.throws(() => vitePlugin({ door: wrong }), error);
  assert.throws(() => wasyncioTslib({ door: wrong }), error);
});

test("every helper that the tools name is exported by the doors", () => {
  const handler = vitePlugin({ door: "lazy" }).transform.handler;
  for (const name of Object.keys(lazy).filter((exported) => !exported.startsWith("__"))) {
    const replaced = handler("", `\0@oxc-project+runtime@0.1.0/helpers/esm/${name}.js`);
    assert.equal(replaced?.code, `export { ${name} as default } from "wasyncio/async/lazy";`);
  }
  assert.equal(handler("", "\0@oxc-project+runtime@0.1.0/helpers/esm/defineProperty.js"), null);
  assert.equal(handler("", "/project/helpers/asyncToGenerator.js"), null);
});

test("the module that stands for tslib is for modules outside of node_modules only", () => {
  const { resolveId, load } = wasyncioTslib({ door: "eager" });
  assert.equal(resolveId("tslib", "/project/node_modules/library/index.js"), null);
  assert.equal(resolveId("other", "/project/src/main.js"), null);
  const own = resolveId("tslib", "/project/src/main.js");
  assert.match(load(own!)!, /export \* from "tslib";\nexport \{ __awaiter, .*\} from "wasyncio\/async\/eager";/);
  assert.equal(resolveId("tslib", own!), null);
});

test("the fragment of tsconfig lowers async functions and keeps the import of the helpers", () => {
  const { compilerOptions } = JSON.parse(textOf("bindings/async/tsconfig.json")) as {
    compilerOptions: Record<string, unknown>;
  };
  const { target, noEmitHelpers, verbatimModuleSyntax } = compilerOptions;
  assert.deepEqual([target, noEmitHelpers, verbatimModuleSyntax], ["ES2016", true, true]);
});
