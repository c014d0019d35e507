import type { Entry } from "../format.js";
import { generate } from "./generator/generate.js";
import { Random } from "./generator/random.js";
import { isInteresting } from "./interest.js";
import type { Oracle } from "./oracle.js";

const ATTEMPTS = 40;

/** The program of a seed with its trace: the first interesting one, else the last that CPython accepted. */
export function chooseEntry(seed: number, oracle: Oracle): Entry {
  const random = new Random(`accept ${seed}`);
  let last: Entry | undefined;
  for (let attempt = 0; attempt < ATTEMPTS || last === undefined; attempt++) {
    if (attempt > 10 * ATTEMPTS) throw new Error(`no attempt at seed ${seed} is a program of the format`);
    const program = generate(seed, attempt);
    const { trace } = oracle.record(program);
    if (trace === undefined) continue;
    last = { name: `seed-${seed}`, program, trace };
    if (isInteresting(program, trace, random)) break;
  }
  return last;
}
