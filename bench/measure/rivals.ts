// The other libraries. They are installed by the command that compares with them, into a folder of their own, so they
// are loaded by name at run time and not known to the compiler.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ClockName, Other } from "../case.js";
import type { Facts } from "../result.js";
import { startPython, type Python } from "./python.js";

const FOLDER = new URL("../../../bench/competitors/", import.meta.url);

/** Where Debian's uvloop is, whatever `python3` is first on the path. */
const DEBIAN_PYTHON = "/usr/bin/python3";

type Sides = Readonly<Record<string, Other>>;

export interface Rivals {
  readonly versions: Facts;
  /** Of all their sides. */
  readonly caseNames: readonly string[];
  /** By library. */
  sidesOf(caseName: string): Sides;
  close(): void;
}

export function installRivals(): void {
  if (existsSync(new URL("node_modules", FOLDER))) return;
  const { status } = spawnSync("npm", ["ci"], { cwd: fileURLToPath(FOLDER), stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error("npm ci failed in bench/competitors");
}

async function startPythons(command: string, clock: ClockName): Promise<Record<string, Python>> {
  const asyncio = await startPython(command, "asyncio", clock);
  const uvloop = (await startPython(command, "uvloop", clock)) ?? (await startPython(DEBIAN_PYTHON, "uvloop", clock));
  return { ...(asyncio && { asyncio }), ...(uvloop && { uvloop }) };
}

export async function loadRivals(python: string, clock: ClockName): Promise<Rivals> {
  const { others } = (await import(new URL("index.mjs", FOLDER).href)) as { others: Readonly<Record<string, Sides>> };
  const { dependencies } = JSON.parse(readFileSync(new URL("package.json", FOLDER), "utf8")) as { dependencies: Facts };
  const pythons = await startPythons(python, clock);
  const libraries: Record<string, Sides> = { ...others };
  const versions: Record<string, string> = { ...dependencies };
  for (const [name, { version, sides }] of Object.entries(pythons)) {
    libraries[name] = sides;
    versions[name] = version;
  }
  return {
    versions,
    caseNames: [...new Set(Object.values(libraries).flatMap((sides) => Object.keys(sides)))],
    sidesOf: (caseName) =>
      Object.fromEntries(
        Object.entries(libraries).flatMap(([library, sides]) => {
          const side = sides[caseName];
          return side === undefined ? [] : [[library, side] as const];
        }),
      ),
    close: () => {
      for (const each of Object.values(pythons)) each.close();
    },
  };
}
