import { compileProgram } from "../compile/program.js";
import type { Block, Json, Program } from "../format.js";
import { functionBodies, innerBlocks, type Entrance } from "./blocks.js";

/** What encloses a statement, as far as the format cares. */
interface Surroundings {
  readonly handler: boolean;
  readonly loop: boolean;
  readonly scope: boolean;
}

const NOTHING: Surroundings = { handler: false, loop: false, scope: false };

/**
 * Why a program is not one of the format, or null. Operations, operands and names are checked by compiling it;
 * here are the rules about where a statement may stand.
 */
export function structureProblem(program: Program): string | null {
  if (program.coros?.["main"] === undefined && program.driver === undefined) return "there is nothing to run";
  for (const { path, block } of functionBodies(program)) {
    const problem = problemIn(block, NOTHING);
    if (problem !== null) return `${path.join(".")}: ${problem}`;
  }
  try {
    compileProgram(program);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return null;
}

function problemIn(block: Block, around: Surroundings): string | null {
  for (const statement of block) {
    const [op] = statement;
    if (op === "reraise" && !around.handler) return "'reraise' outside a handler";
    if ((op === "break" || op === "continue") && !around.loop) return `'${op}' outside a loop`;
    const inside = innerBlocks(statement);
    if (inside.length === 0 && around.scope && mentions(statement, "yield")) return "'yield' inside 'with'";
    for (const { block: inner, entrance } of inside) {
      const problem = problemIn(inner, entered(around, entrance));
      if (problem !== null) return problem;
    }
  }
  return null;
}

/** `reraise` belongs to the nearest handler alone: in a `try` within it Python could mean another error. */
function entered(around: Surroundings, entrance: Entrance): Surroundings {
  switch (entrance) {
    case "loop":
      return { ...around, loop: true };
    case "scope":
      return { ...around, scope: true };
    case "handler":
      return { ...around, handler: true };
    case "try":
    case "finally":
      return { ...around, handler: false };
    case "branch":
      return around;
  }
}

function mentions(node: Json, op: string): boolean {
  return Array.isArray(node) && (node[0] === op || node.some((item: Json) => mentions(item, op)));
}
