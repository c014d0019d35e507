/*
 * main.js [--rounds N] [--json FILE] [NAME…]
 *
 * What servers pay for a request, as CPU time of their process: each side in fresh processes, in turns of who goes first.
 * Prints the medians and their ratio beside the mark; the exit status is 1 when a mark is missed. The web adapter is
 * installed from the manifest of examples/web when it is missing.
 */
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runFresh } from "../measure/fresh.js";
import { figure, type Figure } from "../result.js";
import { thisNode } from "../runtimes.js";

interface Comparison {
  readonly name: string;
  readonly mark: number;
  readonly script: string;
  readonly ours: string;
  readonly native: string;
}

const COMPARISONS: readonly Comparison[] = [
  { name: "echo by protocols", mark: 1.15, script: "echo.js", ours: "protocols", native: "bare" },
  { name: "echo by streams", mark: 1.35, script: "echo.js", ours: "streams", native: "bare" },
  { name: "HTTP through toFetchHandler", mark: 1.18, script: "http.js", ours: "ours", native: "native" },
];

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "9" }, json: { type: "string" } },
});

const example = new URL("../../../examples/web/", import.meta.url);

function installAdapter(): void {
  if (existsSync(new URL("node_modules/@hono/node-server", example))) return;
  const { status } = spawnSync("npm", ["ci"], { cwd: fileURLToPath(example), stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error("npm ci failed in examples/web");
}

async function take(script: string, side: string): Promise<number> {
  let value = NaN;
  await runFresh<number>(thisNode, new URL(script, import.meta.url), [side], (printed) => (value = printed));
  return value;
}

interface Measured extends Comparison {
  readonly unit: "ns";
  readonly figures: { readonly ours: Figure; readonly native: Figure };
}

async function compare(each: Comparison, rounds: number): Promise<Measured> {
  const ours: number[] = [];
  const native: number[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) ours.push(await take(each.script, each.ours));
    native.push(await take(each.script, each.native));
    if (round % 2 === 1) ours.push(await take(each.script, each.ours));
  }
  return { ...each, unit: "ns", figures: { ours: figure(ours), native: figure(native) } };
}

const chosen = COMPARISONS.filter(({ name }) => names.length === 0 || names.some((part) => name.includes(part)));
if (chosen.length === 0) throw new RangeError(`there are: ${COMPARISONS.map(({ name }) => name).join(", ")}`);
if (chosen.some(({ script }) => script === "http.js")) installAdapter();

const measured: Measured[] = [];
for (const each of chosen) {
  const result = await compare(each, Number(options.rounds));
  measured.push(result);
  const { ours, native } = result.figures;
  const ratio = ours.median / native.median;
  const verdict = ratio <= each.mark ? "reached" : "MISSED ";
  if (ratio > each.mark) process.exitCode = 1;
  const [us, usNative] = [ours, native].map(({ median }) => (median / 1_000).toFixed(1));
  console.log(`${verdict}  ${ratio.toFixed(2)}  mark ${each.mark}  ${each.name}: ${us} µs against ${usNative}`);
}
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(measured, null, 2)}\n`);
