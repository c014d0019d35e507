import assert from "node:assert/strict";
import { test } from "node:test";
import { runProgram } from "../support/child.js";
import { testOnlyIn } from "../support/testWhere.js";

// A fresh context has the symbols of the engine alone, not those that Node adds to its own.
const program = `
  import { readFileSync } from "node:fs";
  import vm from "node:vm";
  const context = vm.createContext();
  const path = new URL("dist/bindings/hosts/disposeSymbols.js", "file://" + process.cwd() + "/");
  const load = async () => {
    const module = new vm.SourceTextModule(readFileSync(path, "utf8"), { context });
    await module.link(() => {});
    await module.evaluate();
    return module.namespace;
  };
  const first = await load();
  const second = await load();
  const { dispose, asyncDispose } = vm.runInContext("Symbol", context);
  console.log(String(dispose), String(asyncDispose), dispose === asyncDispose);
  console.log(first.dispose === dispose, first.asyncDispose === asyncDispose);
  console.log(second.dispose === dispose, second.asyncDispose === asyncDispose);
`;

testOnlyIn(
  ["node", "bun"],
  "Deno has no vm.SourceTextModule",
  "the symbols of `using` exist in every host, once, and are the platform's where it has them",
  async () => {
    const { stdout } = await runProgram(program, { flags: ["--experimental-vm-modules"] });
    assert.equal(stdout, "Symbol(Symbol.dispose) Symbol(Symbol.asyncDispose) false\ntrue true\ntrue true\n");
  },
);

test("the package leaves the host's own symbols as they are", async () => {
  const { stdout } = await runProgram(`
    const before = [Symbol.dispose, Symbol.asyncDispose];
    const { Lock, Runner } = await import("wasyncio");
    console.log(before.every((symbol) => symbol === undefined || [Symbol.dispose, Symbol.asyncDispose].includes(symbol)));
    console.log(typeof Runner.prototype[Symbol.asyncDispose], "undefined" in Runner.prototype, typeof new Lock());
  `);
  assert.equal(stdout, "true\nfunction false object\n");
});
