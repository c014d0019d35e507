// The compilers and libraries of test/toolchains/package.json. A manifest of its own: only these tests need them.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Compiled files live in dist/, the packages are installed beside the sources. */
export const folder = fileURLToPath(new URL("../../../test/toolchains/", import.meta.url));
export const root = fileURLToPath(new URL("../../../", import.meta.url));

const require = createRequire(`${folder}package.json`);

/** The file that `import "name"` would load, with the conditions of an ES module. */
export function resolvePackage(specifier: string, from: string = folder): string {
  return createRequire(pathToFileURL(from)).resolve(specifier);
}

/** Loads a package of the manifest that is CommonJS. */
export function requirePackage(name: string): unknown {
  return require(name);
}

/** Loads a file of a package of the manifest that is an ES module. */
export function importPackage(path: string): Promise<unknown> {
  return import(pathToFileURL(`${folder}node_modules/${path}`).href);
}

/** Pins are exact, so comparing the lockfile with what npm noted as installed is enough. */
function isInstalled(): boolean {
  const noted = `${folder}node_modules/.package-lock.json`;
  if (!existsSync(noted)) return false;
  const versions = (path: string): Map<string, string> => {
    const { packages } = JSON.parse(readFileSync(path, "utf8")) as { packages: Record<string, { version: string }> };
    return new Map(Object.entries(packages).map(([name, { version }]) => [name, version]));
  };
  const installed = versions(noted);
  const { dependencies } = JSON.parse(readFileSync(`${folder}package.json`, "utf8")) as { dependencies: object };
  const wanted = versions(`${folder}package-lock.json`);
  return Object.keys(dependencies).every((name) => {
    const path = `node_modules/${name}`;
    return installed.get(path) === wanted.get(path);
  });
}

export function ensureInstalled(): void {
  if (isInstalled()) return;
  console.error("the compilers are not installed yet: running npm ci in test/toolchains");
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts"], {
    cwd: folder,
    stdio: ["ignore", process.stderr, "inherit"],
  });
  if (status !== 0) throw new Error("npm ci failed in test/toolchains");
}
