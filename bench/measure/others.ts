// The other libraries. They are installed by the command that compares with them, into a folder of their own, so they
// are loaded by name at run time and not known to the compiler.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Other } from "../case.js";

const FOLDER = new URL("../../../bench/competitors/", import.meta.url);

/** By library, then by the name of the case. */
export type Others = Readonly<Record<string, Readonly<Record<string, Other>>>>;

export function installOthers(): void {
  if (existsSync(new URL("node_modules", FOLDER))) return;
  const { status } = spawnSync("npm", ["ci"], { cwd: fileURLToPath(FOLDER), stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error("npm ci failed in bench/competitors");
}

export async function loadOthers(): Promise<Others> {
  const { others } = (await import(new URL("index.mjs", FOLDER).href)) as { others: Others };
  return others;
}
