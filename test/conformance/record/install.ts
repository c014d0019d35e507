import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { SOURCE_FOLDER } from "./paths.js";

export function isInstalled(): boolean {
  return existsSync(join(SOURCE_FOLDER, "node_modules/pyodide"));
}

/** The interpreter is some 14 MB that only recording needs, so it has a manifest of its own. */
export function ensureInstalled(): void {
  if (isInstalled()) return;
  console.error("pyodide is not installed yet: running npm ci in test/conformance/record");
  const { status } = spawnSync("npm", ["ci"], {
    cwd: SOURCE_FOLDER,
    stdio: ["ignore", process.stderr, "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("npm ci failed in test/conformance/record");
}
