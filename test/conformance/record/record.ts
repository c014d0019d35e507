import { isDeepStrictEqual, parseArgs } from "node:util";
import { readEntries } from "../corpus.js";
import { writeJsonl } from "./jsonl.js";
import { Oracle } from "./oracle.js";

/*
 * record.js IN.jsonl OUT.jsonl [--pure] [--hash-seed N]
 *
 * Copies IN to OUT with the traces recorded anew, and says which differ from those in IN. A program that is none of
 * the format gets the reason as "reject" instead of a trace, and makes the exit status 1.
 */

const { values, positionals } = parseArgs({
  options: { pure: { type: "boolean", default: false }, "hash-seed": { type: "string", default: "0" } },
  allowPositionals: true,
});
const [input, output] = positionals;
if (input === undefined || output === undefined) throw new Error("two files are needed: IN.jsonl OUT.jsonl");

const oracle = await Oracle.start({ pure: values.pure, hashSeed: values["hash-seed"] });
let rejected = 0;
let changed = 0;
const lines = readEntries(input).map((entry) => {
  const recording = oracle.record(entry.program);
  if (recording.reject !== undefined) {
    rejected++;
    console.log(`rejected ${entry.name}: ${recording.reject}`);
    return { ...entry, trace: undefined, reject: recording.reject };
  }
  if (entry.trace !== undefined && !isDeepStrictEqual(entry.trace, recording.trace)) {
    changed++;
    console.log(`changed ${entry.name}`);
  }
  return { ...entry, trace: recording.trace };
});
writeJsonl(output, lines);
console.log(`${lines.length - rejected} recorded, ${changed} of them changed, ${rejected} rejected`);
process.exitCode = rejected > 0 ? 1 : 0;
