// Everything that was asked for, on one runtime: the cases against native, then whole programs, then the cases again with
// other libraries among them.
import { environment } from "../environment.js";
import { programs } from "../programs/index.js";
import { formatRatio } from "../report/format.js";
import { ratio, type Facts, type Report, type Result } from "../result.js";
import type { Runtime } from "../runtimes.js";
import { runFresh } from "./fresh.js";
import { measureProgram } from "./programs.js";
import type { Manner, Measured } from "./rounds.js";
import type { Line, Order } from "./worker.js";

const WORKER = new URL("worker.js", import.meta.url);
const RIVAL_ROUNDS = 5;

export interface Request {
  readonly runtime: Runtime;
  readonly manner: Manner;
  /** Whether to measure the case or program of this name. */
  readonly wants: (name: string) => boolean;
  /** The names of all cases. */
  readonly caseNames: readonly string[];
  readonly rivals: Order["rivals"];
}

function tell(result: Result): void {
  console.error(`${formatRatio(ratio(result))}  ${result.name}`);
}

async function measureCases(runtime: Runtime, order: Order, onLine: (line: Line) => void): Promise<void> {
  if (order.names.length > 0) await runFresh<Line>(runtime, WORKER, [JSON.stringify(order)], onLine);
}

/**
 * A forced collection throws away what the engine has optimised for classes without a living instance. We keep one of each
 * of ours alive; other libraries do not, and would look several times slower than they are in a server. So they have a
 * process of their own, where nothing is forced, and where we are measured again beside them.
 */
async function measureRivals(
  { runtime, manner, rivals }: Request,
  names: readonly string[],
): Promise<[Facts, Measured[]]> {
  const measured: Measured[] = [];
  let versions: Facts = {};
  const rounds = Math.min(manner.rounds, RIVAL_ROUNDS);
  await measureCases(runtime, { ...manner, names, rounds, gc: false, rivals }, (line) => {
    if ("versions" in line) {
      ({ versions } = line);
      return;
    }
    measured.push(line);
    for (const [library, { median }] of Object.entries(line.others)) {
      console.error(`${(median / line.ours.median).toFixed(1)} ×  ${library}: ${line.name}`);
    }
  });
  return [versions, measured];
}

export async function measureSuite(request: Request): Promise<Report> {
  const { runtime, manner, wants, caseNames } = request;
  const results: Result[] = [];
  const names = caseNames.filter(wants);
  await measureCases(runtime, { ...manner, names, rivals: null }, (line) => {
    if ("versions" in line) return;
    const { others: _none, ...result } = line;
    results.push(result);
    tell(result);
  });
  for (const program of programs) {
    if (!program.metrics.some(({ name }) => wants(name))) continue;
    for (const result of await measureProgram(runtime, program, manner.rounds)) {
      results.push(result);
      tell(result);
    }
  }
  const [versions, measured] = request.rivals === null ? [{}, []] : await measureRivals(request, names);
  for (const { name, ours, others } of measured) {
    const i = results.findIndex((each) => each.name === name);
    results[i] = { ...results[i]!, rivals: { ours, theirs: others } };
  }
  if (results.length === 0) throw new RangeError("no case has such a name");
  return { environment: await environment(runtime, manner), rivals: versions, results };
}
