// Installed libraries, compiled from the sources that npm has brought.
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Door } from "../async/typeScriptOutput.js";
import { compileJavaScript } from "./compilers.js";
import { folder } from "./manifest.js";
import { importCode, writeCode } from "./output.js";

const MODULES = join(folder, "node_modules");

type Target = string | { readonly [condition: string]: Target };

function targetOf(target: Target): string {
  return typeof target === "string" ? target : targetOf(target["import"] ?? target["default"]!);
}

function mainFile(name: string): string {
  const { exports } = JSON.parse(readFileSync(join(MODULES, name, "package.json"), "utf8")) as { exports: Target };
  const main = typeof exports === "object" && "." in exports ? exports["."]! : exports;
  return join(MODULES, name, targetOf(main));
}

const IMPORT = /(\bfrom\s*|\bimport\s*)(["'])([^"']+)\2/g;

/**
 * Compiles `name` for a door and imports it; its dependencies in `also` with it, all others stay as they are installed.
 */
export async function importCompiled(
  name: string,
  also: readonly string[],
  door: Door,
  outDir: string,
): Promise<unknown> {
  const outPath = (path: string): string => join(outDir, relative(MODULES, path));
  const seen = new Set<string>();
  async function compile(path: string): Promise<string> {
    seen.add(path);
    const found: string[] = [];
    const code = (await compileJavaScript(readFileSync(path, "utf8"), door)).replace(
      IMPORT,
      (statement, word: string, _quote, specifier: string) => {
        const isOwn = specifier.startsWith(".");
        if (!isOwn && !also.includes(specifier)) return statement;
        const file = isOwn ? join(dirname(path), specifier) : mainFile(specifier);
        found.push(file);
        return `${word}${JSON.stringify(isOwn ? specifier : outPath(file))}`;
      },
    );
    for (const file of found) if (!seen.has(file)) writeCode(await compile(file), outPath(file));
    return code;
  }
  const main = mainFile(name);
  return await importCode(await compile(main), outPath(main));
}
