// The guard against gross loss: a few cheap cases, compared with the ratios in bench/recorded.json. A machine that is
// busy with something else spoils a measurement now and then, so a case that looks bad is measured again.
import { readFileSync, writeFileSync } from "node:fs";
import { runFresh } from "./measure/fresh.js";
import type { Measured } from "./measure/rounds.js";
import type { Order } from "./measure/worker.js";
import { formatRatio } from "./report/format.js";
import { ratio } from "./result.js";
import { thisNode } from "./runtimes.js";

const RECORDED = new URL("../../bench/recorded.json", import.meta.url);
const WORKER = new URL("measure/worker.js", import.meta.url);
const GROSS = 1.5;
const ATTEMPTS = 3;

type Ratios = Record<string, number>;

function readRecorded(): Ratios {
  return JSON.parse(readFileSync(RECORDED, "utf8")) as Ratios;
}

async function measureRatios(names: readonly string[], rounds: number): Promise<Ratios> {
  const order: Order = { names, rounds, clock: "cpu", gc: true, rivals: null };
  const ratios: Ratios = {};
  await runFresh<Measured>(thisNode, WORKER, [JSON.stringify(order)], (result) => {
    ratios[result.name] = ratio(result);
  });
  return ratios;
}

/** Measures the guarded cases; prints one line each and the counts; whether all are well. */
export async function guard(rounds: number): Promise<boolean> {
  const recorded = readRecorded();
  const best: Ratios = {};
  let names = Object.keys(recorded);
  for (let attempt = 0; attempt < ATTEMPTS && names.length > 0; attempt++) {
    for (const [name, value] of Object.entries(await measureRatios(names, rounds))) {
      best[name] = Math.min(value, best[name] ?? Infinity);
    }
    names = names.filter((name) => !(best[name]! <= recorded[name]! * GROSS));
  }
  for (const [name, before] of Object.entries(recorded)) {
    const now = best[name];
    const verdict = names.includes(name) ? "failed" : "ok    ";
    console.log(
      `${verdict}  ${now === undefined ? "no such case" : formatRatio(now)}  recorded ${formatRatio(before)}  ${name}`,
    );
  }
  console.log(`${Object.keys(recorded).length - names.length} passed, ${names.length} failed`);
  return names.length === 0;
}

/** Writes the ratios of the guarded cases down, measured as the guard measures them. */
export async function record(rounds: number): Promise<void> {
  const measured = await measureRatios(Object.keys(readRecorded()), rounds);
  const rounded = Object.entries(measured).map(([name, value]) => [name, Number(formatRatio(value))]);
  writeFileSync(RECORDED, `${JSON.stringify(Object.fromEntries(rounded), null, 2)}\n`);
}
