// How compiled tests get their stand-ins, in files that are served and in bundles.
import { readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { root } from "../manifest.js";

const FOLDER = "dist/test/hosts/runtimes/standIns";

/** By what the tests import, relative to the project's root. */
export const STAND_INS: Readonly<Record<string, string>> = {
  "node:assert/strict": `${FOLDER}/nodeAssert.js`,
  "node:test": `${FOLDER}/nodeTest.js`,
  "node:util": `${FOLDER}/nodeUtil.js`,
};

/** Of `node:util` the tests use more than is there. */
const IN_NODE_UTIL = /^\{ isDeepStrictEqual \}$/;

const IMPORT = /^\s*(?:import|export)\b(?:([^"';]*?)\bfrom)?\s*"([^"]+)"/gm;

/** What a compiled file needs, itself or through what it imports, that is neither a file nor has a stand-in. */
export function missingModules(path: string, seen: Set<string> = new Set()): string[] {
  if (seen.has(path)) return [];
  seen.add(path);
  const source = readFileSync(join(root, path), "utf8");
  return [...source.matchAll(IMPORT)].flatMap(([, names = "", specifier = ""]) => {
    if (specifier.startsWith(".")) return missingModules(posix.join(dirname(path), specifier), seen);
    const isThere = specifier === "node:util" ? IN_NODE_UTIL.test(names.trim()) : specifier in STAND_INS;
    return isThere || specifier === "wasyncio" ? [] : [specifier];
  });
}

/** The text of a compiled test: a free `setImmediate` becomes the stand-in. */
export function withMacrotask(path: string, source: string, specifierOf: (path: string) => string): string {
  const isTest = path.startsWith("dist/test/") && !path.startsWith(FOLDER);
  if (!isTest || !/\bsetImmediate\b/.test(source)) return source;
  return `import { setImmediate } from ${JSON.stringify(specifierOf(`${FOLDER}/setImmediate.js`))}; ${source}`;
}
