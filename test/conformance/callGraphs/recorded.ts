import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { RecordedGraphs } from "./shape.js";

/** Compiled files live in dist/, the recorded graphs stay in the source tree. */
export const RECORDED = fileURLToPath(
  new URL("../../../../test/conformance/callGraphs/recorded.jsonl", import.meta.url),
);

/** What CPython 3.14 has seen, a program a line. */
export function readRecorded(): RecordedGraphs[] {
  const lines = readFileSync(RECORDED, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as RecordedGraphs);
}
