// The guard against gross loss: a few cheap cases, compared with the ratios in bench/recorded.json. A machine that is
// busy with something else spoils a measurement now and then, so a case that looks bad is measured again.
import { readFileSync, writeFileSync } from "node:fs";
import type { Order } from "./measure/worker.js";
import { runFresh } from "./measure/fresh.js";
import type { Measured } from "./measure/rounds.js";
import { formatRatio } from "./report/format.js";
import { ratio, type Result } from "./result.js";
import { thisNode } from "./runtimes.js";

const RECORDED = new URL("../../bench/recorded.json", import.meta.url);
const WORKER = new URL("measure/worker.js", import.meta.url);
const GROSS = 1.5;
const ATTEMPTS = 3;

type Recorded = Record<string, number>;

function readRecorded(): Recorded {
  return JSON.parse(readFileSync(RECORDED, "utf8")) as Recorded;
}

/** Measures the guarded cases; prints one line each and the counts; whether all are well. */
export async function guard(rounds: number): Promise<boolean> {
  const recorded = readRecorded();
  const best = new Map<string, number>();
  let names = Object.keys(recorded);
  for (let attempt = 0; attempt < ATTEMPTS && names.length > 0; attempt++) {
    const order: Order = { names, rounds, clock: "cpu", gc: true, rivals: null };
    await runFresh<Measured>(thisNode, WORKER, [JSON.stringify(order)], (result) => {
      best.set(result.name, Math.min(ratio(result), best.get(result.name) ?? Infinity));
    });
    names = names.filter((name) => !(best.get(name)! <= recorded[name]! * GROSS));
  }
  for (const [name, before] of Object.entries(recorded)) {
    const now = best.get(name);
    const verdict = names.includes(name) ? "failed" : "ok    ";
    console.log(
      `${verdict}  ${now === undefined ? "no such case" : formatRatio(now)}  recorded ${formatRatio(before)}  ${name}`,
    );
  }
  console.log(`${Object.keys(recorded).length - names.length} passed, ${names.length} failed`);
  return names.length === 0;
}

/** Writes the ratios of the guarded cases down. */
export function record(results: readonly Result[]): void {
  const recorded = readRecorded();
  for (const result of results) {
    if (result.name in recorded) recorded[result.name] = Number(formatRatio(ratio(result)));
  }
  writeFileSync(RECORDED, `${JSON.stringify(recorded, null, 2)}\n`);
}
