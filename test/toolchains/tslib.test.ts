// TypeScript's `importHelpers`: the application's own modules get the loop's helpers, a dependency that imports tslib
// keeps the real one.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { types } from "node:util";
import { isCoroutine } from "../../bindings/index.js";
import { wasyncioTslib } from "../../bindings/async/vite.js";
import { ensureInstalled, folder, importPackage } from "./manifest.js";
import { importCode, outputFolder } from "./output.js";

ensureInstalled();
const FOLDER = outputFolder();

const SOURCE = `
import { AwsCrc32 } from "@aws-crypto/crc32";

export function digest(text: string): Promise<Uint8Array> {
  const crc = new AwsCrc32();
  crc.update(text);
  return crc.digest();
}

export async function hex(text: string): Promise<string> {
  const bytes = await digest(text);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function* letters(text: string): AsyncGenerator<string> {
  for (const letter of text) yield letter;
}
`;

interface Vite {
  build(options: object): Promise<{ output: { code: string }[] }[]>;
}

interface Application {
  digest(text: string): Promise<Uint8Array>;
  hex(text: string): Promise<string>;
  letters(text: string): AsyncGenerator<string>;
}

async function built(): Promise<Application> {
  // Not below a folder called node_modules: these are the application's own sources.
  const sources = join(folder, ".tslib");
  mkdirSync(sources, { recursive: true });
  try {
    writeFileSync(join(sources, "main.ts"), SOURCE);
    const options = { target: "ES2016", lib: ["ES2023", "DOM"], importHelpers: true, types: [], rootDir: "." };
    const compilerOptions = { ...options, module: "ESNext", moduleResolution: "bundler", skipLibCheck: true };
    writeFileSync(join(sources, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts"] }));
    const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
    const { status, stdout } = spawnSync(process.execPath, [tsc, "--project", sources], { encoding: "utf8" });
    assert.equal(status, 0, stdout);
    assert.match(readFileSync(join(sources, "main.js"), "utf8"), /import \{[^}]*__awaiter[^}]*\} from "tslib";/);
    const { build } = (await importPackage("vite/dist/node/index.js")) as Vite;
    const [made] = await build({
      root: sources,
      configFile: false,
      logLevel: "error",
      plugins: [wasyncioTslib()],
      build: {
        write: false,
        minify: false,
        lib: { entry: join(sources, "main.js"), formats: ["es"] },
        rollupOptions: { external: [/^wasyncio/] },
      },
    });
    return (await importCode(made!.output[0]!.code, join(FOLDER, "tslib.js"))) as Application;
  } finally {
    rmSync(sources, { recursive: true, force: true });
  }
}

const application = await built();

test("the application's own async functions are coroutines of the loop, and work", async () => {
  const call = application.hex("wasyncio");
  assert.ok(isCoroutine(call));
  assert.match(await call, /^[0-9a-f]{8}$/);
  const found: string[] = [];
  for await (const letter of application.letters("ab")) found.push(letter);
  assert.deepEqual(found, ["a", "b"]);
});

test("those of a dependency that imports tslib stay the engine's promises", async () => {
  const promise = application.digest("wasyncio");
  assert.ok(types.isPromise(promise));
  assert.equal((await promise).length, 4);
});
