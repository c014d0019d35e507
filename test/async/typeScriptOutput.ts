// Compiles sources with TypeScript as an application would that has its helpers come from one of the doors.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export type Door = "lazy" | "eager";
export const DOORS: readonly Door[] = ["lazy", "eager"];

export const root = fileURLToPath(new URL("../../../", import.meta.url));
const TSC = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");

const HELPERS = [
  ...["__awaiter", "__asyncGenerator", "__asyncValues", "__asyncDelegator", "__await"],
  ...["__addDisposableResource", "__disposeResources"],
];

/** The line that the docs ask for, with the helpers that the file uses. */
export function importLine(code: string, door: Door): string {
  const used = HELPERS.filter((name) => new RegExp(`\\b${name}\\(`).test(code));
  return used.length === 0 ? "" : `import { ${used.join(", ")} } from "wasyncio/async/${door}";\n`;
}

/** Runs tsc over the sources of `folder`, whose path is relative to the checkout; what it writes ends up in `outDir`. */
export function compileTypeScript(folder: string, outDir: string, compilerOptions: object): void {
  mkdirSync(outDir, { recursive: true });
  const own = { rootDir: join(root, folder), outDir, declaration: false, sourceMap: false, noEmitHelpers: true };
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { ...own, ...compilerOptions },
    include: [`${join(root, folder)}/**/*`],
  };
  writeFileSync(join(outDir, "tsconfig.json"), JSON.stringify(config));
  const { status, stdout } = spawnSync(process.execPath, [TSC, "--project", outDir], { encoding: "utf8" });
  if (status !== 0) throw new Error(stdout);
}

/** Puts the import of the helpers into each of the files that needs it; into all of a folder if none are named. */
export function addImports(outDir: string, door: Door, files: readonly string[] = readdirSync(outDir)): void {
  for (const name of files.filter((file) => file.endsWith(".js"))) {
    const code = readFileSync(join(outDir, name), "utf8");
    writeFileSync(join(outDir, name), importLine(code, door) + code);
  }
}

export function importFile(path: string): Promise<unknown> {
  return import(pathToFileURL(path).href);
}
