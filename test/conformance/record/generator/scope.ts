/** Where the statements being made are going to run. */
export interface Scope {
  readonly section: "coros" | "agens" | "cbs" | "driver";
  /** Functions call only functions of a deeper level, so that every program ends. */
  readonly level: number;
  /** How many more blocks may be nested. */
  readonly depth: number;
  readonly inLoop: boolean;
  /** In the handler of an `except`, where `reraise` has an error to raise. */
  readonly inHandler: boolean;
}

export function functionScope(section: Scope["section"], level: number, depth: number): Scope {
  return { section, level, depth, inLoop: false, inHandler: false };
}

/** The scope of a block inside `scope`. A handler's error is not the one of a `try` nested in it. */
export function nested(scope: Scope, change: Partial<Scope> = {}): Scope {
  return { ...scope, depth: scope.depth - 1, inHandler: false, ...change };
}

export function suspends(scope: Scope): boolean {
  return scope.section === "coros" || scope.section === "agens";
}
