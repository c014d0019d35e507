// `npm run bench -- [options]`; README.md says how to read what it prints.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { cases } from "./cases/index.js";
import { compare } from "./compare.js";
import { environment } from "./environment.js";
import { guard, record } from "./guard.js";
import { checkMarks, marks } from "./marks.js";
import { runFresh } from "./measure/fresh.js";
import { installOthers } from "./measure/others.js";
import { measureProgram } from "./measure/programs.js";
import type { Order } from "./measure/worker.js";
import { programs } from "./programs/index.js";
import { publish, toJson } from "./publish.js";
import { formatRatio, formatReport } from "./report/text.js";
import { ratio, type Report, type Result } from "./result.js";

const { values: options } = parseArgs({
  options: {
    case: { type: "string", multiple: true },
    rounds: { type: "string", default: "9" },
    clock: { type: "string", default: "wall" },
    "no-gc": { type: "boolean", default: false },
    others: { type: "boolean", default: false },
    json: { type: "string" },
    publish: { type: "boolean", default: false },
    compare: { type: "string" },
    marks: { type: "boolean", default: false },
    guard: { type: "boolean", default: false },
    record: { type: "boolean", default: false },
  },
});

const PROGRAM_ROUNDS = 7;

function wholeNumber(option: string, value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new RangeError(`--${option} expects a whole number above 0, not ${value}`);
  return Number(value);
}

function clockNamed(value: string): Order["clock"] {
  if (value === "wall" || value === "cpu" || value === "thread") return value;
  throw new RangeError(`--clock expects wall, cpu or thread, not ${value}`);
}

/** The names that contain one of the given parts. */
function chosen(names: readonly string[]): string[] {
  const parts = options.case ?? (options.marks ? Object.keys(marks) : [""]);
  const isExact = options.case === undefined && options.marks;
  return names.filter((name) => parts.some((part) => (isExact ? name === part : name.includes(part))));
}

const rounds = wholeNumber("rounds", options.rounds);
const clock = clockNamed(options.clock);
const names = chosen(cases.map(({ name }) => name));
// A forced collection throws away what the engine has optimised for classes without a living instance. We keep one of
// each of ours alive; other libraries do not, and would look several times slower than they are in a server.
const gc = !options["no-gc"] && !options.others;
const order: Order = { names, rounds, clock, gc, others: options.others };

async function measureAll(): Promise<Result[]> {
  const results: Result[] = [];
  const take = (result: Result): void => {
    results.push(result);
    console.error(`${formatRatio(ratio(result))}  ${result.name}`);
  };
  const worker = new URL("measure/worker.js", import.meta.url);
  if (names.length > 0) await runFresh<Result>(worker, [JSON.stringify(order)], take);
  const programNames = chosen(programs.map(({ name }) => name));
  for (const program of programs) {
    if (programNames.includes(program.name)) take(await measureProgram(program, Math.min(rounds, PROGRAM_ROUNDS)));
  }
  if (results.length === 0) throw new RangeError("no case has such a name");
  return results;
}

async function report(): Promise<boolean> {
  if (options.others) installOthers();
  const made: Report = { environment: environment(order), results: await measureAll() };
  console.log(formatReport(made));
  if (options.json !== undefined) writeFileSync(options.json, toJson(made));
  if (options.publish) publish(made);
  if (options.record) record(made.results);
  if (!options.marks) return true;
  console.log();
  return checkMarks(made.results);
}

let isGood = true;
if (options.compare !== undefined) await compare(options.compare, order);
else isGood = options.guard ? await guard(rounds) : await report();
process.exitCode = isGood ? 0 : 1;
