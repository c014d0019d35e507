import type { Block, Json, Program } from "../format.js";
import { allBlocks, functionBodies, innerBlocks, replaced, type Path } from "./blocks.js";
import { pruned } from "./generator/prune.js";
import { structureProblem } from "./structure.js";

/** Whether a smaller program still shows what is being looked for. */
export type Shows = (program: Program) => Promise<boolean>;

const MOST_TRIALS = 1500;

/**
 * Makes a program smaller while `shows` holds: drops statements, in halves, quarters and so on down to single ones
 * (delta debugging over every statement list), then replaces compound statements by what is in them.
 */
export async function minimise(program: Program, shows: Shows): Promise<Program> {
  return new Minimiser(program, shows).run();
}

class Minimiser {
  #program: Program;
  readonly #shows: Shows;
  #trials = 0;

  constructor(program: Program, shows: Shows) {
    this.#program = program;
    this.#shows = shows;
  }

  async run(): Promise<Program> {
    let before: Program;
    do {
      before = this.#program;
      await this.#dropTopLevel();
      await this.#dropStatements();
      await this.#unwrap();
      await this.#dropOptions();
    } while (this.#program !== before && this.#trials < MOST_TRIALS);
    return this.#program;
  }

  async #try(candidate: Program): Promise<boolean> {
    if (this.#trials >= MOST_TRIALS) return false;
    const program = pruned(candidate);
    if (structureProblem(program) !== null) return false;
    this.#trials++;
    if (!(await this.#shows(program))) return false;
    this.#program = program;
    return true;
  }

  async #dropTopLevel(): Promise<void> {
    for (const key of ["driver", "eager"] as const) {
      if (this.#program[key] !== undefined) await this.#try(replaced(this.#program, [key], undefined));
    }
  }

  async #dropStatements(): Promise<void> {
    await this.#eachBlock(async (path, block) => {
      let rest = block;
      for (let size = rest.length; size > 0; size = Math.floor(size / 2)) {
        for (let start = 0; start < rest.length;) {
          const shorter = [...rest.slice(0, start), ...rest.slice(start + size)];
          if (await this.#try(replaced(this.#program, path, shorter))) rest = shorter;
          else start += size;
        }
      }
      return false;
    });
  }

  /** Puts the inside of compound statements in their place, and takes clauses off `try`. */
  async #unwrap(): Promise<void> {
    await this.#eachBlock(async (path, block) => {
      for (const [index, statement] of block.entries()) {
        for (const inner of innerBlocks(statement)) {
          const flat = [...block.slice(0, index), ...inner.block, ...block.slice(index + 1)];
          if (await this.#try(replaced(this.#program, path, flat))) return true;
        }
        if (statement[0] !== "try") continue;
        for (const clause of Object.keys(statement[2] as Readonly<Record<string, Json>>)) {
          if (await this.#try(replaced(this.#program, [...path, index, 2, clause], undefined))) return true;
        }
      }
      return false;
    });
  }

  /** Takes option objects off operations. */
  async #dropOptions(): Promise<void> {
    for (const { path, block } of functionBodies(this.#program)) {
      for (const options of optionPaths(block, path).reverse()) {
        const parent = options.slice(0, -1);
        const list = at(this.#program, parent);
        // An earlier success may have moved things; what is not where it was is left alone.
        if (Array.isArray(list) && list.length - 1 === options.at(-1)) {
          await this.#try(replaced(this.#program, parent, list.slice(0, -1) as Json[]));
        }
      }
    }
  }

  /** Visits every block, outer ones first. While `visit` says that it changed the block's shape, it comes again. */
  async #eachBlock(visit: (path: Path, block: Block) => Promise<boolean>): Promise<void> {
    for (let index = 0; this.#trials < MOST_TRIALS;) {
      // A change inside one block moves only blocks that come after it.
      const next = allBlocks(this.#program)[index];
      if (next === undefined) return;
      if (!(await visit(next.path, next.block))) index++;
    }
  }
}

function at(program: Program, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (node, step) => (node as Readonly<Record<string, Json>> | undefined)?.[step],
    program as unknown as Json,
  );
}

/** Option objects are the last operand of an operation. The clauses of `try` are none, but may contain some. */
function optionPaths(node: Json, path: Path): Path[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node as Readonly<Record<string, Json>>).flatMap(([name, item]) => {
    const inside = [...path, Array.isArray(node) ? Number(name) : name];
    const isObject = typeof item === "object" && item !== null && !Array.isArray(item);
    return isObject && Array.isArray(node) && node[0] !== "try" ? [inside] : optionPaths(item, inside);
  });
}
