// A process that measures cases: all of them, one after the other, so that the engine has seen as many kinds of
// everything as in a real program. One line of JSON per result.
import { cases } from "../cases/index.js";
import { loadOthers } from "./others.js";
import { measure, type Manner } from "./rounds.js";

export interface Order extends Manner {
  /** Which cases, by name; all of them without. */
  readonly names: readonly string[] | null;
  /** Whether the other libraries take part. */
  readonly others: boolean;
}

// Ctrl-C in a terminal reaches this process as well as the one that waits for it, which says what has to be said.
process.on("SIGINT", () => process.exit(130));

const order = JSON.parse(process.argv[2]!) as Order;
const others = order.others ? await loadOthers() : {};

for (const each of cases) {
  if (order.names !== null && !order.names.includes(each.name)) continue;
  const taking = Object.entries(others).flatMap(([library, sides]) => {
    const side = sides[each.name];
    return side === undefined ? [] : [[library, side] as const];
  });
  console.log(JSON.stringify(await measure(each, order, Object.fromEntries(taking))));
}
