import type { Program } from "../programs/index.js";
import { figure, type Result } from "../result.js";
import { runFresh } from "./fresh.js";

/** Fresh processes, in turns of who goes first. */
export async function measureProgram(program: Program, rounds: number): Promise<Result> {
  const figures = { ours: [] as number[], native: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const side of round % 2 === 0 ? (["ours", "native"] as const) : (["native", "ours"] as const)) {
      const { script, args } = program[side];
      await runFresh<number>(script, args, (value) => figures[side].push(value));
    }
  }
  const { name, against, unit } = program;
  return { name, against, unit, ours: figure(figures.ours), native: figure(figures.native), others: {} };
}
