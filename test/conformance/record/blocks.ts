import type { Block, Definition, Json, Program, Statement } from "../format.js";

/** Where something is inside a program: keys and indices from the top. */
export type Path = readonly (string | number)[];

/** How a block inside a statement is entered. */
export type Entrance = "branch" | "loop" | "scope" | "try" | "handler" | "finally";

export interface InnerBlock {
  /** Relative to the statement. */
  readonly path: Path;
  readonly block: Block;
  readonly entrance: Entrance;
}

const SECTIONS = ["coros", "agens", "cbs"] as const;

/** The blocks directly inside a statement. */
export function innerBlocks(statement: Statement): InnerBlock[] {
  const at = (index: number, entrance: Entrance): InnerBlock[] => {
    const block = statement[index];
    return Array.isArray(block) ? [{ path: [index], block: block as Block, entrance }] : [];
  };
  switch (statement[0]) {
    case "if":
      return [...at(2, "branch"), ...at(3, "branch")];
    case "while":
      return at(2, "loop");
    case "repeat":
    case "for":
    case "afor":
      return at(3, "loop");
    case "with":
      return at(3, "scope");
    case "try":
      return [...at(1, "try"), ...clauses(statement[2] as Record<string, Json>)];
    default:
      return [];
  }
}

function clauses(given: Readonly<Record<string, Json>>): InnerBlock[] {
  const handlers = (given["except"] ?? []) as readonly (readonly Json[])[];
  const found: InnerBlock[] = handlers.map((handler, index) => ({
    path: [2, "except", index, 2],
    block: handler[2] as Block,
    entrance: "handler",
  }));
  for (const name of ["else", "finally"] as const) {
    const block = given[name];
    if (block !== undefined) {
      found.push({ path: [2, name], block: block as Block, entrance: name === "else" ? "try" : "finally" });
    }
  }
  return found;
}

/** The bodies of all functions, and the driver. */
export function functionBodies(program: Program): { readonly path: Path; readonly block: Block }[] {
  const bodies: { path: Path; block: Block }[] = [];
  for (const section of SECTIONS) {
    for (const [name, definition] of Object.entries<Definition>(program[section] ?? {})) {
      bodies.push({ path: [section, name, "b"], block: definition.b });
    }
  }
  if (program.driver !== undefined) bodies.push({ path: ["driver"], block: program.driver });
  return bodies;
}

/** Every block of a program, outer ones before those inside them. */
export function allBlocks(program: Program): { readonly path: Path; readonly block: Block }[] {
  const found = functionBodies(program);
  for (const { path, block } of found) {
    for (const [index, statement] of block.entries()) {
      for (const inner of innerBlocks(statement)) {
        found.push({ path: [...path, index, ...inner.path], block: inner.block });
      }
    }
  }
  return found;
}

/** The program with what is at `path` replaced; `undefined` takes a key out. */
export function replaced(program: Program, path: Path, value: Json | undefined): Program {
  return replaceIn(program as unknown as Json, path, value) as unknown as Program;
}

function replaceIn(node: Json, path: Path, value: Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value as Json;
  if (Array.isArray(node)) {
    return (node as readonly Json[]).map((item, index) => (index === key ? replaceIn(item, rest, value) : item));
  }
  const copy: Record<string, Json> = { ...(node as Readonly<Record<string, Json>>) };
  const changed = rest.length === 0 && value === undefined ? undefined : replaceIn(copy[key] as Json, rest, value);
  if (changed === undefined) delete copy[key];
  else copy[key] = changed;
  return copy;
}
