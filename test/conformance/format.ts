/**
 * The shape of a conformance program. A program is plain JSON, so these types say only what the
 * compiler relies on; everything else is checked when it is compiled.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A literal, a register (`"$name"`) or `[operation, ...operands]`. */
export type Expression = Json;

/** `[operation, ...operands]`; every expression is also a statement. */
export type Statement = readonly Json[];

export type Block = readonly Statement[];

export interface Definition {
  /** Parameter names, each starting with `_`. */
  readonly p?: readonly string[];
  readonly b: Block;
}

export interface Program {
  readonly coros?: Readonly<Record<string, Definition>>;
  readonly agens?: Readonly<Record<string, Definition>>;
  readonly cbs?: Readonly<Record<string, Definition>>;
  /** Left out: run the coroutine `main` and trace its outcome as `main`. */
  readonly driver?: Block;
  /** The eager task factory is set on every loop of the program. */
  readonly eager?: boolean;
}

/** `[time, task, id, ...values]`, all canonical JSON. */
export type TraceEvent = readonly Json[];

export interface Entry {
  readonly name: string;
  readonly purpose?: string;
  readonly program: Program;
  readonly trace: readonly TraceEvent[];
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** An option object: neither a list nor a scalar. */
export function isOptions(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
