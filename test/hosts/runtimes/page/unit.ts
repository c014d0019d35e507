// The unit tests that need nothing of Node.
import { addResult, emptyResult } from "../result.js";
import { resultOfFrame } from "./frame.js";
import { runPage } from "./send.js";

await runPage(async () => {
  const paths = (await (await fetch("/tests.json")).json()) as string[];
  const total = emptyResult();
  for (const path of paths) {
    const result = await resultOfFrame(`/page/unit-file?${path}`);
    addResult(total, result);
    total.notes.push(...result.notes.map((note) => (note.startsWith("FAILED") ? `${path}: ${note}` : note)));
  }
  return total;
});
