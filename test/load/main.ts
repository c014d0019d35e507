/*
 * npm run load [-- NAME…]
 *
 * What has to hold under load, on loopback: `echoes`, `slowReader`, `cycles`. Each runs in this process one after the
 * other; the last line has the counts, and the exit status is 1 when anything failed.
 */
import { run, type Steps } from "../../bindings/index.js";
import { canCountDescriptors, countDescriptors, runCycles } from "./cycles.js";
import { runEchoes } from "./echoes.js";
import { runSlowReader } from "./slowReader.js";

const MIB = 1 << 20;

interface Proof {
  readonly name: string;
  readonly claim: string;
  /** What was found, and whether it is as claimed. */
  measure(): Steps<{ found: string; holds: boolean }>;
}

const proofs: readonly Proof[] = [
  {
    name: "slowReader",
    claim: "200 MiB to a slow reader take at most 32 MiB of memory",
    *measure() {
      const { received, growth } = yield* runSlowReader(200 * MIB);
      const found = `${received / MIB} MiB received, ${(growth / MIB).toFixed(1)} MiB more memory`;
      return { found, holds: received === 200 * MIB && growth <= 32 * MIB };
    },
  },
  {
    name: "echoes",
    claim: "2,000 connections with 100 echoes of 1 KiB each lose nothing",
    *measure() {
      const lost = yield* runEchoes(2000, 100);
      return { found: `${lost} echoes lost or wrong`, holds: lost === 0 };
    },
  },
  {
    name: "cycles",
    claim: "10,000 connections made and closed leave no descriptor behind",
    *measure() {
      if (!canCountDescriptors) return { found: "this system does not show its descriptors", holds: false };
      yield* runCycles(100, 10);
      const before = countDescriptors();
      const lost = yield* runCycles(10_000, 10);
      const left = countDescriptors() - before;
      return { found: `${lost / 2} cycles, ${left} descriptors left`, holds: left <= 0 && lost === 20_000 };
    },
  },
];

const wanted = process.argv.slice(2);
let failed = 0;
let passed = 0;
for (const { name, claim, measure } of proofs) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const start = performance.now();
  const { found, holds } = await run(measure);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${holds ? "ok    " : "FAILED"}  ${claim}: ${found}, in ${seconds} s`);
  if (holds) passed++;
  else failed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
