// The runtimes of test/hosts/package.json. A manifest of its own: nearly a gigabyte that only these tests need.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** Compiled files live in dist/, the runtimes are installed beside the sources. */
const folder = new URL("../../../../test/hosts/", import.meta.url);

export const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** A file of an installed package. */
export function pathInPackage(name: string, file: string): string {
  return fileURLToPath(new URL(`node_modules/${name}/${file}`, folder));
}

/** The version that the manifest pins. */
export function pinnedVersion(name: string): string {
  const { dependencies } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8")) as {
    dependencies: Record<string, string>;
  };
  return dependencies[name]!.replace(/^npm:.*@/, "");
}

/** Loads a package of that manifest. */
export function requirePackage(name: string): unknown {
  return createRequire(new URL("package.json", folder))(name);
}

interface Installed {
  readonly version?: string;
  readonly optional?: boolean;
}

/** Pins are exact, so comparing the manifest with what npm noted as installed is enough. Other platforms' are optional. */
function isInstalled(): boolean {
  const noted = new URL("node_modules/.package-lock.json", folder);
  if (!existsSync(noted)) return false;
  const versions = (file: URL): string =>
    JSON.stringify(
      Object.entries((JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, Installed> }).packages)
        .filter(([path, { optional }]) => /^node_modules\/[^@/]+$/.test(path) && optional !== true)
        .map(([path, { version }]) => [path, version]),
    );
  return versions(noted) === versions(new URL("package-lock.json", folder));
}

/** No package of the manifest needs its install script. */
export function ensureInstalled(): void {
  if (isInstalled()) return;
  console.error("the runtimes are not installed yet: running npm ci in test/hosts");
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts"], {
    cwd: fileURLToPath(folder),
    stdio: ["ignore", process.stderr, "inherit"],
  });
  if (status !== 0) throw new Error("npm ci failed in test/hosts");
}
