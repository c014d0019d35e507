// The corpus, in parts: a program that ends in a deadlock leaves its loop behind, and Chromium has room for some 120
// WebAssembly memories in a process.
import { addResult, emptyResult } from "../result.js";
import { resultOfFrame } from "./frame.js";
import { runPage } from "./send.js";

const PART = 400;

await runPage(async () => {
  const total = emptyResult();
  for (const name of ["directed", "random"]) {
    const text = await (await fetch(`/corpus/${name}.jsonl`)).text();
    const count = text.trimEnd().split("\n").length;
    for (let from = 0; from < count; from += PART) {
      const result = await resultOfFrame(`/page/conformance-part?${name} ${from} ${from + PART}`);
      addResult(total, result);
      total.notes.push(...result.notes);
    }
  }
  return total;
});
