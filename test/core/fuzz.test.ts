// A short run of the fuzzer on every change; fuzzMain.ts is the long one, with fresh seeds.
import { test } from "node:test";
import { fuzz, STRUCTURE_NAMES } from "./fuzz.js";

const OPERATIONS = 20_000;
const SEED = 20_260;

for (const structure of STRUCTURE_NAMES) {
  // The debug core shows what is in it by pictures as well.
  for (const build of ["checked", "release", "debug"] as const) {
    test(`random operations on ${structure} do to the core what they do to its models [${build}]`, () => {
      fuzz({ structure, build, seed: SEED, operations: OPERATIONS });
    });
  }
}
