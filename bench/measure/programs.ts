import type { Program } from "../programs/index.js";
import { figure, type Result } from "../result.js";
import type { Runtime } from "../runtimes.js";
import { runFresh } from "./fresh.js";

type Printed = number | Readonly<Record<string, number>>;

const SIDES = ["ours", "native"] as const;

/** Fresh processes, in turns of who goes first; a result for each thing that the program prints. */
export async function measureProgram(runtime: Runtime, program: Program, rounds: number): Promise<Result[]> {
  const printed = { ours: [] as Printed[], native: [] as Printed[] };
  for (let round = 0; round < Math.min(rounds, program.maxRounds); round++) {
    for (const side of round % 2 === 0 ? SIDES : SIDES.toReversed()) {
      const { script, args } = program[side];
      await runFresh<Printed>(runtime, script, args, (value) => printed[side].push(value));
    }
  }
  const { against, unit, metrics } = program;
  return metrics.map(({ name, key }) => {
    const values = (side: (typeof SIDES)[number]): number[] =>
      printed[side].map((value) => (typeof value === "number" ? value : value[key!]!));
    return { name, against, unit, ours: figure(values("ours")), native: figure(values("native")) };
  });
}
