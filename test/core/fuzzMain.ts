// The long run: node dist/test/core/fuzzMain.js [--core BUILD] [--structure NAME] [--operations N] [--seed N]
// Without options a million operations on each structure, on each build, from a fresh seed.
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import type { Build } from "../support/rawCore.js";
import { freshSeed } from "../support/seed.js";
import { fuzz, STRUCTURE_NAMES, type FuzzRun } from "./fuzz.js";

const { values } = parseArgs({
  options: {
    core: { type: "string" },
    structure: { type: "string" },
    operations: { type: "string", default: "1000000" },
    seed: { type: "string" },
  },
});

function chosen<T extends string>(option: string, value: string | undefined, all: readonly T[]): readonly T[] {
  if (value === undefined) return all;
  const found = all.filter((each) => each === value);
  if (found.length === 0) throw new RangeError(`--${option} expects one of ${all.join(", ")}, not ${value}`);
  return found;
}

function count(option: string, value: string): number {
  if (!/^\d+$/.test(value)) throw new RangeError(`--${option} expects a whole number, not ${value}`);
  return Number(value);
}

/** Whether it passed. */
function report(run: FuzzRun): boolean {
  const label = `${run.structure} [${run.build}] seed ${run.seed}, ${run.operations} operations`;
  const begun = performance.now();
  try {
    fuzz(run);
    console.log(`ok      ${label}: ${Math.round(performance.now() - begun)} ms`);
    return true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.log(`failed  ${label}\n${error.cause instanceof Error ? error.cause.stack : ""}\n${error.message}`);
    return false;
  }
}

const builds = chosen<Build>("core", values.core, ["checked", "release", "debug"]);
const structures = chosen("structure", values.structure, STRUCTURE_NAMES);
const operations = count("operations", values.operations);
const seed = values.seed === undefined ? freshSeed() : count("seed", values.seed);

const results = builds.flatMap((build) =>
  structures.map((structure) => report({ structure, build, seed, operations })),
);
const passed = results.filter((isPassed) => isPassed).length;
console.log(`${passed} passed, ${results.length - passed} failed`);
process.exitCode = passed === results.length ? 0 : 1;
