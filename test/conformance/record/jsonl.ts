import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** Writes one JSON value per line; a name ending in `.gz` is compressed. */
export function writeJsonl(path: string, values: readonly unknown[]): void {
  const text = values.map((value) => `${JSON.stringify(value)}\n`).join("");
  writeFileSync(path, path.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text);
}
