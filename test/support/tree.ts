// The project's files, for the guards.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Made by tools, or not the project's own. */
const SKIPPED = new Set(["node_modules", "dist", ".git"]);
const GENERATED = new Set(["bindings/wasm/bytes.ts", "bindings/inspect/debugBytes.ts"]);

/** Paths under `folder`, with forward slashes, relative to the project's root. */
export function filesUnder(folder: string): string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      if (SKIPPED.has(entry.name)) continue;
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) visit(inner);
      else if (entry.isFile() && !GENERATED.has(inner)) found.push(inner);
    }
  };
  visit(folder);
  return found.sort();
}

/** Compiled modules under dist/`folder`, relative to dist/. */
export function compiledUnder(folder: string): string[] {
  const dist = join(root, "dist");
  return readdirSync(join(dist, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".js"))
    .map((path) =>
      relative(dist, join(dist, folder, path))
        .split(sep)
        .join("/"),
    )
    .sort();
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

export function lineCount(path: string): number {
  const text = textOf(path);
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}
