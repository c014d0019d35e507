// Where compiled code is written and imported from: inside of the manifest's node_modules, so that what it imports from
// there is found by Node itself.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import { folder } from "./manifest.js";

/** A folder that goes when the tests of the file are through. */
export function outputFolder(): string {
  const made = mkdtempSync(join(folder, "node_modules", ".compiled-"));
  after(() => rmSync(made, { recursive: true, force: true }));
  writeFileSync(join(made, "package.json"), JSON.stringify({ type: "module" }));
  return made;
}

/** There the package cannot be imported by its own name. */
function linkPackage(code: string): string {
  return code.replace(/\b(from|import)\s*["'](wasyncio(?:\/[\w/]+)?)["']/g, (_all, word, specifier: string) => {
    return `${word} ${JSON.stringify(import.meta.resolve(specifier))}`;
  });
}

export function writeCode(code: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, linkPackage(code));
}

export async function importCode(code: string, path: string): Promise<unknown> {
  writeCode(code, path);
  return await import(pathToFileURL(path).href);
}
