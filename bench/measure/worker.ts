// A process that measures cases: all of them, one after the other, so that the engine has seen as many kinds of
// everything as in a real program. One line of JSON per result.
import { loadCases } from "../cases/index.js";
import type { Facts } from "../result.js";
import { loadRivals, type Rivals } from "./rivals.js";
import { measure, type Manner, type Measured } from "./rounds.js";

export interface Order extends Manner {
  /** Which cases, by name. */
  readonly names: readonly string[];
  /** Other libraries take part: cases of which none has a side are left out. */
  readonly rivals: { readonly python: string } | null;
  /** Cases that this revision of the package can not run are left out. */
  readonly lenient?: boolean;
}

/** A line: first the versions of the other libraries, if they take part, then a result for each case. */
export type Line = { readonly versions: Facts } | Measured;

// Ctrl-C in a terminal reaches this process as well as the one that waits for it, which says what has to be said.
process.on("SIGINT", () => process.exit(130));

const order = JSON.parse(process.argv[2]!) as Order;
const rivals: Rivals | null = order.rivals === null ? null : await loadRivals(order.rivals.python, order.clock);

function write(line: Line): void {
  console.log(JSON.stringify(line));
}

const onUnloadable = (error: unknown): void => console.error(`left out: ${String(error)}`);
const cases = await loadCases(order.lenient === true ? onUnloadable : undefined);
if (rivals !== null) {
  const strangers = rivals.caseNames.filter((name) => cases.every((each) => each.name !== name));
  if (strangers.length > 0) throw new Error(`no case is called ${strangers.join(", ")}`);
  write({ versions: rivals.versions });
}
for (const each of cases) {
  if (!order.names.includes(each.name)) continue;
  const sides = rivals === null ? {} : rivals.sidesOf(each.name);
  if (rivals !== null && Object.keys(sides).length === 0) continue;
  write(await measure(each, order, sides));
}
rivals?.close();
