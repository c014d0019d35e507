import { parseArgs } from "node:util";
import * as library from "../../../bindings/index.js";
import { formNamed } from "../compile/spelling.js";
import { chooseCore } from "../core.js";
import type { Entry } from "../format.js";
import { describeCounts, describeSkips, type Summary } from "../runFiles.js";
import { describeFailure } from "../report.js";
import { runEntry } from "../runEntry.js";
import type { Library } from "../runtime/library.js";
import { chooseEntry } from "./choose.js";
import { writeJsonl } from "./jsonl.js";
import { minimise } from "./minimise.js";
import { Oracle } from "./oracle.js";
import { parseSeeds } from "./seeds.js";

/*
 * fuzz.js FROM..TO [--core checked|release] [--form generators|typescript|babel] [--out FILE] [--minimise N]
 *
 * Makes a program for each seed, runs it on CPython and on the library, and prints what differs, the first N failures
 * (default 20) made as small as possible. The last line has the counts; the exit status is 1 when a program failed.
 */

const { values, positionals } = parseArgs({
  options: {
    core: { type: "string", default: "release" },
    form: { type: "string", default: "generators" },
    out: { type: "string" },
    minimise: { type: "string", default: "20" },
  },
  allowPositionals: true,
});
const { from, to } = parseSeeds(positionals[0] ?? "");

// A program that is abandoned in a deadlock may leave promises behind that nobody awaits.
process.on("unhandledRejection", () => {});

chooseCore(values.core);
const oracle = await Oracle.start();
const run = (entry: Entry): ReturnType<typeof runEntry> =>
  runEntry(entry, library as unknown as Library, formNamed(values.form));
const summary: Summary = { passed: 0, failed: 0, skipped: 0, missing: new Map() };
const entries: Entry[] = [];
for (let seed = from; seed <= to; seed++) {
  const entry = chooseEntry(seed, oracle);
  if (values.out !== undefined) entries.push(entry);
  const outcome = await run(entry);
  summary[outcome.status]++;
  if (outcome.status === "failed") console.log(await describe(seed, entry));
  if (outcome.status !== "skipped") continue;
  for (const operation of outcome.missing) {
    summary.missing.set(operation, (summary.missing.get(operation) ?? 0) + 1);
  }
}
if (values.out !== undefined) writeJsonl(values.out, entries);
for (const line of describeSkips(summary)) console.log(line);
console.log(describeCounts(summary));
process.exitCode = summary.failed > 0 ? 1 : 0;

async function describe(seed: number, entry: Entry): Promise<string> {
  const small = summary.failed <= Number(values.minimise) ? await smallest(entry) : entry;
  const outcome = await run(small);
  if (outcome.status !== "failed") return `FAILED ${entry.name}, but not when it was run again`;
  return [
    describeFailure(small, outcome),
    `  ${JSON.stringify(small.program)}`,
    `  replay: npm run conformance:fuzz -- ${seed} --core ${values.core}`,
  ].join("\n");
}

/** The smallest program found on which the two sides still differ. */
async function smallest(entry: Entry): Promise<Entry> {
  let found = entry;
  await minimise(entry.program, async (program) => {
    const { trace } = oracle.record(program);
    if (trace === undefined) return false;
    const candidate: Entry = { name: entry.name, program, trace };
    const differs = (await run(candidate)).status === "failed";
    if (differs) found = candidate;
    return differs;
  });
  return found;
}
