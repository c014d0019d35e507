import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Entry } from "./format.js";

/** Compiled files live in dist/, the recorded corpus stays in the source tree. */
const folder = new URL("../../../test/conformance/corpus/", import.meta.url);

/** The recorded corpus that belongs to this project. */
export const CORPUS_FILES: readonly string[] = ["directed", "random"].map((name) =>
  fileURLToPath(new URL(`${name}.jsonl.gz`, folder)),
);

/** Reads one file of programs, one JSON object per line; a name ending in `.gz` is decompressed. */
export function readEntries(path: string): Entry[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const entries: Entry[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    try {
      entries.push(JSON.parse(line) as Entry);
    } catch (error) {
      throw new Error(`${path}:${index + 1} is not JSON`, { cause: error });
    }
  }
  return entries;
}
