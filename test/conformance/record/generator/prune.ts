import type { Definition, Json, Program } from "../../format.js";

const SECTIONS = ["coros", "agens", "cbs"] as const;

/** The program without functions that nothing reachable names. */
export function pruned(program: Program): Program {
  const reached = new Set(["main"]);
  visit(program.driver ?? []);

  function visit(node: Json): void {
    if (typeof node === "string") reach(node);
    else if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === "object" && node !== null) Object.values(node).forEach(visit);
  }

  // Any string equal to a function's name counts: an id of an event may keep one too many alive.
  function reach(name: string): void {
    if (reached.has(name)) return;
    reached.add(name);
    for (const section of SECTIONS) visit(program[section]?.[name]?.b ?? []);
  }

  visit(program.coros?.["main"]?.b ?? []);
  const result: { -readonly [key in keyof Program]: Program[key] } = { ...program };
  for (const section of SECTIONS) {
    const kept = Object.entries(program[section] ?? {}).filter(([name]) => reached.has(name));
    if (kept.length > 0) result[section] = Object.fromEntries<Definition>(kept);
    else delete result[section];
  }
  return result;
}
