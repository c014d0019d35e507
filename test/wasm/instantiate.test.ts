// How the core gets into a host, and what a host that has no place for it is told.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { provideCore } from "../../bindings/wasm/instantiate.js";
import { runProgram } from "../support/child.js";

/** Runs `prepare`, then makes a loop; prints the error it got. */
function firstLoopAfter(prepare: string): string {
  return `
    const { EventLoop } = await import("wasyncio");
    ${prepare}
    try {
      new EventLoop().close();
      console.log("a loop");
    } catch (error) {
      console.log(error.name + ": " + error.message + (error.cause ? " / cause: " + error.cause.message : ""));
    }
  `;
}

test("importing the package compiles nothing", async () => {
  const { stdout, stderr } = await runProgram(
    `
    let compiled = 0;
    WebAssembly.Module = class extends WebAssembly.Module {
      constructor(bytes) { super(bytes); compiled++; }
    };
    const { EventLoop } = await import("wasyncio");
    const onImport = compiled;
    for (let i = 0; i < 3; i++) new EventLoop().close();
    console.log(onImport + " on import, " + compiled + " for three loops");
  `,
    { core: "release" },
  );
  assert.deepEqual({ stdout, stderr }, { stdout: "0 on import, 1 for three loops\n", stderr: "" });
});

test("a host without WebAssembly gets an error that says so at the first loop, not at the import", async () => {
  const { stdout } = await runProgram(firstLoopAfter("delete globalThis.WebAssembly;"), { core: "release" });
  assert.match(stdout, /^RuntimeError: this host has no WebAssembly/);
});

test("a host whose CSP forbids compiling gets an error that says what to allow", async () => {
  const prepare = `WebAssembly.Module = class { constructor() { throw new WebAssembly.CompileError("blocked by CSP"); } };`;
  const { stdout } = await runProgram(firstLoopAfter(prepare), { core: "release" });
  assert.match(stdout, /^RuntimeError: .*'wasm-unsafe-eval'.*'wasyncio\/core\.wasm'/);
  assert.match(stdout, /cause: blocked by CSP/);
});

test("a refusal is not remembered: once compiling is allowed, a loop can be made", async () => {
  const prepare = `
    const { Module } = WebAssembly;
    WebAssembly.Module = class { constructor() { throw new Error("not yet"); } };
    try { new EventLoop(); } catch {}
    WebAssembly.Module = Module;
  `;
  const { stdout } = await runProgram(firstLoopAfter(prepare), { core: "release" });
  assert.equal(stdout, "a loop\n");
});

test("a host that may not compile bytes runs on the module it is given", async () => {
  const { stdout } = await runProgram(
    `
    import { readFileSync } from "node:fs";
    import { fileURLToPath } from "node:url";
    const file = fileURLToPath(import.meta.resolve("wasyncio/core.wasm"));
    const module = new WebAssembly.Module(readFileSync(file));
    const { Module } = WebAssembly;
    globalThis.WebAssembly.Module = class {
      constructor() { throw new Error("forbidden"); }
      static [Symbol.hasInstance](value) { return value instanceof Module; }
    };
    const { provideCore } = await import(new URL("./dist/bindings/wasm/instantiate.js", "file://" + process.cwd() + "/"));
    provideCore(module);
    const { run, sleep } = await import("wasyncio");
    console.log(await run(sleep(1, "ran")));
  `,
    { core: "release" },
  );
  assert.equal(stdout, "ran\n");
});

test("provideCore refuses what is not a module", () => {
  assert.throws(() => provideCore({} as never), {
    name: "TypeError",
    message: "provideCore expects a WebAssembly.Module, as an import of 'wasyncio/core.wasm' gives",
  });
});

test("the embedded core is the one that the package exports as a file", async () => {
  const { CORE_HEX } = await import("../../bindings/wasm/bytes.js");
  const file = readFileSync(new URL("../../core.release.wasm", import.meta.url));
  assert.equal(CORE_HEX, file.toString("hex"));
});
