// Breaks the core on purpose, one fault at a time, and looks whether a test notices:
// node dist/test/mutants/run.js [--only ID] [--write]
// With --write the table in docs/mutants.md is made anew. The exit status is 1 when a mutant survived.
import { writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { changedSource } from "./compile.js";
import { MUTANTS } from "./list/index.js";
import type { Mutant } from "./mutant.js";
import { describeTable, isCaught, summaryOf, type Result } from "./report.js";
import { tryMutant } from "./trial.js";

const table = fileURLToPath(new URL("../../../docs/mutants.md", import.meta.url));

/** Two trials at a time: one compiles while the other runs. */
const AT_ONCE = 2;

function chosen(only: string | undefined): readonly Mutant[] {
  if (only === undefined) return MUTANTS;
  const found = MUTANTS.filter(({ id }) => id === only);
  if (found.length === 0)
    throw new RangeError(`no mutant is called ${only}; there are ${MUTANTS.map(({ id }) => id).join(", ")}`);
  return found;
}

async function tryAll(mutants: readonly Mutant[]): Promise<Result[]> {
  const results = new Map<Mutant, Result>();
  const queue = [...mutants];
  const work = async (): Promise<void> => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const result = { mutant, trial: await tryMutant(mutant) };
      results.set(mutant, result);
      console.log(`${isCaught(result) ? "caught   " : "SURVIVED "} ${mutant.id}: ${summaryOf(result)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return mutants.map((mutant) => results.get(mutant)!);
}

const { values } = parseArgs({ options: { only: { type: "string" }, write: { type: "boolean", default: false } } });
setPriority(constants.priority.PRIORITY_LOW);

const mutants = chosen(values.only);
for (const mutant of mutants) changedSource(mutant);
const sound = await tryMutant(null);
if (sound.failed.length > 0 || sound.brokeOff !== null) {
  console.log(`the core as it is does not pass: ${[...sound.failed, sound.brokeOff ?? ""].join(", ")}`);
  process.exit(1);
}
const results = await tryAll(mutants);
if (values.write && values.only === undefined) {
  writeFileSync(table, await format(describeTable(results, sound.ran), { parser: "markdown" }));
}
const survivors = results.filter((result) => !isCaught(result)).length;
console.log(`${results.length - survivors} passed, ${survivors} failed: a mutant passes when a test has caught it`);
process.exitCode = survivors === 0 ? 0 : 1;
