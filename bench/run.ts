// `npm run bench -- [options]`; README.md says how to read what it prints.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { ClockName } from "./case.js";
import { loadCases } from "./cases/index.js";
import { compare } from "./compare.js";
import { guard, record } from "./guard.js";
import { judge, markedNames } from "./marks.js";
import { installRivals } from "./measure/rivals.js";
import { measureSuite, type Request } from "./measure/suite.js";
import { publish, readPublished, render, toJson } from "./publish.js";
import { formatReport } from "./report/text.js";
import { PUBLISHED_HOSTS, runtimeNamed, thisNode, type Runtime } from "./runtimes.js";

const { values: options } = parseArgs({
  options: {
    case: { type: "string", multiple: true },
    rounds: { type: "string", default: "9" },
    clock: { type: "string", default: "wall" },
    host: { type: "string", default: thisNode.name },
    python: { type: "string", default: "python3" },
    "no-gc": { type: "boolean", default: false },
    "no-others": { type: "boolean", default: false },
    json: { type: "string" },
    publish: { type: "boolean", default: false },
    render: { type: "boolean", default: false },
    compare: { type: "string" },
    marks: { type: "boolean", default: false },
    guard: { type: "boolean", default: false },
    record: { type: "boolean", default: false },
  },
});

function wholeNumber(option: string, value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new RangeError(`--${option} expects a whole number above 0, not ${value}`);
  return Number(value);
}

function clockNamed(value: string): ClockName {
  if (value === "wall" || value === "cpu" || value === "thread") return value;
  throw new RangeError(`--clock expects wall, cpu or thread, not ${value}`);
}

function wants(name: string): boolean {
  if (options.case === undefined) return !options.marks || markedNames.includes(name);
  return options.case.some((part) => name.includes(part));
}

const manner = {
  rounds: wholeNumber("rounds", options.rounds),
  clock: clockNamed(options.clock),
  gc: !options["no-gc"],
};
const caseNames = (await loadCases()).map(({ name }) => name);
const runtime = runtimeNamed(options.host);

/** The other libraries are compared with on the host that they are written for. */
function requestFor(host: Runtime): Request {
  const rivals = host === thisNode && !options["no-others"] ? { python: options.python } : null;
  return { runtime: host, manner, wants, caseNames, rivals };
}

async function report(): Promise<boolean> {
  const request = requestFor(runtime);
  if (request.rivals !== null) installRivals();
  const made = await measureSuite(request);
  console.log(formatReport(made));
  if (options.json !== undefined) writeFileSync(options.json, toJson(made));
  if (!options.marks) return true;
  const verdicts = judge(made.results);
  console.log(`\n${verdicts.map(({ text }) => text).join("\n")}`);
  return verdicts.every(({ isReached }) => isReached);
}

async function publishAll(): Promise<void> {
  if (options.case !== undefined || options.marks)
    throw new RangeError("--publish takes all cases: the tables need them");
  const hosts = [thisNode, ...PUBLISHED_HOSTS.map(runtimeNamed)];
  installRivals();
  for (const host of hosts) {
    console.error(`\n${host.name}`);
    const made = await measureSuite(requestFor(host));
    console.log(formatReport(made));
    publish(host.name, made);
  }
  await record(manner.rounds);
  render(readPublished());
}

let isGood = true;
if (options.compare !== undefined)
  await compare(
    options.compare,
    { ...manner, names: caseNames.filter(wants), rivals: null, lenient: true },
    options.json,
  );
else if (options.record) await record(manner.rounds);
else if (options.render) render(readPublished());
else if (options.publish) await publishAll();
else isGood = options.guard ? await guard(manner.rounds) : await report();
process.exitCode = isGood ? 0 : 1;
