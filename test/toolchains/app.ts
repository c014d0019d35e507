// The example application, compiled in each of the four ways with the configuration that stands beside it.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { folder, importPackage, requirePackage, root } from "./manifest.js";

const SOURCES = join(root, "examples/async-await");
/** Where the compiled application can import the package by its name. */
export const BUILT = join(root, "dist", `examples-async-await-${process.pid}`);
const FILES = ["app", "main"];

/** What it prints, whoever has compiled it. */
export const PRINTED = [
  ...["first/1", "second/1", "first/2", "first: connection closed", "second/2", "second/3"],
  ...["second: connection closed", "found 2 and 3", "endless/1", "endless/2", "endless: connection closed"],
  ...["endless: cancelled after 2", "timed out", "done"],
];

async function importConfig(name: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(join(SOURCES, name)).href)) as Record<string, unknown>;
}

/** `compile` makes JavaScript of a source, file by file. */
async function compileFiles(
  outDir: string,
  compile: (source: string, path: string) => Promise<string>,
): Promise<string> {
  mkdirSync(outDir, { recursive: true });
  for (const name of FILES) {
    const path = join(SOURCES, `${name}.ts`);
    const code = await compile(readFileSync(path, "utf8"), path);
    // Helpers that are not for async code stay the compiler's own, and are installed with the compilers.
    const linked = code.replace(/from "(@swc\/helpers\/[^"]+)"/g, (_all, specifier: string) => {
      const file = join(folder, "node_modules", specifier.replace("/_/", "/esm/"));
      return `from ${JSON.stringify(pathToFileURL(`${file}.js`).href)}`;
    });
    writeFileSync(join(outDir, `${name}.js`), linked);
  }
  return join(outDir, "main.js");
}

async function withTypeScript(outDir: string): Promise<string> {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  const options = ["--project", SOURCES, "--outDir", outDir];
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options], { encoding: "utf8" });
  if (status !== 0) throw new Error(stdout);
  return join(outDir, "main.js");
}

async function withBabel(outDir: string): Promise<string> {
  interface Babel {
    transformAsync(code: string, options: object): Promise<{ code: string }>;
  }
  const { transformAsync } = requirePackage("@babel/core") as Babel;
  const { default: config } = await importConfig("babel.config.mjs");
  return await compileFiles(outDir, async (source, filename) => {
    const options = { ...(config as object), cwd: folder, filename, configFile: false, babelrc: false };
    return (await transformAsync(source, options)).code;
  });
}

async function withSwc(outDir: string): Promise<string> {
  const { transform } = requirePackage("@swc/core") as { transform: unknown };
  const { compile } = (await importConfig("swc.mjs")) as { compile(with_: unknown, source: string): Promise<string> };
  return await compileFiles(outDir, (source) => compile(transform, source));
}

interface Vite {
  build(options: object): Promise<unknown>;
}

/** `index.html` as an application for browsers, or `main.ts` as a program for Node. */
export async function buildWithVite(outDir: string, options: object = {}): Promise<void> {
  const { build } = (await importPackage("vite/dist/node/index.js")) as Vite;
  const configFile = join(SOURCES, "vite.config.mjs");
  await build({ root: SOURCES, configFile, logLevel: "error", build: { outDir, emptyOutDir: true, ...options } });
}

async function withVite(outDir: string): Promise<string> {
  await buildWithVite(outDir, { ssr: "main.ts" });
  writeFileSync(join(outDir, "package.json"), JSON.stringify({ type: "module" }));
  return join(outDir, "main.js");
}

/** By name: writes the application to a folder, and says which file to run. */
export const WAYS: Readonly<Record<string, (outDir: string) => Promise<string>>> = {
  TypeScript: withTypeScript,
  Babel: withBabel,
  SWC: withSwc,
  "Vite and OXC": withVite,
};

export function removeBuilt(): void {
  rmSync(BUILT, { recursive: true, force: true });
}
