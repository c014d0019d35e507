import { CATCH_ALL, ERROR_KINDS } from "../errorKinds.js";
import { type Expression, isList, type Json, type Program } from "../format.js";
import type { Operation } from "./operation.js";
import type { Form, Spelling } from "./spelling.js";

/** The program does not follow the format. */
export class CompileError extends Error {
  override readonly name = "CompileError";
}

export type DefinitionKind = "coros" | "agens" | "cbs" | "driver";

const PREFIX = { coros: "co_", agens: "ag_", cbs: "cb_" } as const;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** One program being compiled, and what was seen in it. */
export class Unit {
  readonly program: Program;
  readonly form: Form;
  readonly table: ReadonlyMap<string, Operation>;
  readonly operations = new Set<string>();
  readonly kinds = new Set<string>();
  readonly globals = new Set<string>();

  constructor(program: Program, form: Form, table: ReadonlyMap<string, Operation>) {
    this.program = program;
    this.form = form;
    this.table = table;
  }

  /** Notes that the program makes or catches errors of this kind. */
  useKind(kind: string): void {
    if (!ERROR_KINDS.includes(kind) && !CATCH_ALL.includes(kind))
      throw new CompileError(`unknown error kind '${kind}'`);
    this.kinds.add(kind);
  }
}

/** One function being compiled: a coroutine, an async generator, a callback or the driver. */
export class Frame {
  readonly unit: Unit;
  readonly kind: DefinitionKind;
  readonly locals = new Set<string>();
  /** Variables of the generated code itself, declared with the locals so that nested scope bodies share them. */
  readonly temporaries: string[] = [];
  #synchronous = false;
  #serial = 0;

  constructor(unit: Unit, kind: DefinitionKind) {
    this.unit = unit;
    this.kind = kind;
  }

  /** How what suspends is written in this function. */
  get spelling(): Spelling {
    return this.kind === "agens" ? this.unit.form.ofGenerators : this.unit.form.spelling;
  }

  /** The variable that holds a register, which is written without `$`. */
  register(name: unknown): string {
    if (typeof name !== "string" || !NAME.test(name)) throw new CompileError(`bad register ${JSON.stringify(name)}`);
    if (name.startsWith("_")) {
      this.locals.add(name);
      return `l${name}`;
    }
    this.unit.globals.add(name);
    return `r_${name}`;
  }

  /** The variable that holds a function which the program defines. */
  definition(kind: keyof typeof PREFIX, name: unknown): string {
    if (typeof name !== "string" || !NAME.test(name) || !Object.hasOwn(this.unit.program[kind] ?? {}, name)) {
      throw new CompileError(`unknown name ${JSON.stringify(name)} in ${kind}`);
    }
    return PREFIX[kind] + name;
  }

  /** A name that nothing else in this function has. */
  fresh(prefix: string): string {
    return `${prefix}${++this.#serial}`;
  }

  temporary(): string {
    const name = this.fresh("value");
    this.temporaries.push(name);
    return name;
  }

  /** Throws unless something that suspends may stand here. */
  requireSuspension(operation: string): void {
    if (this.#synchronous || (this.kind !== "coros" && this.kind !== "agens")) {
      throw new CompileError(`'${operation}' suspends, which is not possible here`);
    }
  }

  /** Compiles a plain function inside this one, where nothing may suspend. */
  synchronously(x: Expression): string {
    const before = this.#synchronous;
    this.#synchronous = true;
    const code = this.expression(x);
    this.#synchronous = before;
    return code;
  }

  /** The result can be followed by a member access: a name, a call, or something in brackets. */
  expression(x: Expression): string {
    if (x === null || typeof x === "boolean") return String(x);
    if (typeof x === "number") return `(${x})`;
    if (typeof x === "string") return x.startsWith("$") ? this.register(x.slice(1)) : JSON.stringify(x);
    if (!isList(x) || typeof x[0] !== "string") throw new CompileError(`bad expression ${JSON.stringify(x)}`);
    const [name, ...operands] = x as readonly [string, ...Json[]];
    const operation = this.unit.table.get(name);
    if (operation === undefined) throw new CompileError(`unknown operation '${name}'`);
    this.unit.operations.add(name);
    try {
      return operation.compile(this, operands, name);
    } catch (error) {
      if (error instanceof CompileError && error.cause === undefined) {
        throw new CompileError(`${error.message}, in ${JSON.stringify(x)}`, { cause: error });
      }
      throw error;
    }
  }

  expressions(list: readonly Expression[]): string {
    return list.map((x) => this.expression(x)).join(", ");
  }
}
