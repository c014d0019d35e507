import { isList, isOptions, type Json } from "../format.js";
import { CompileError, type Frame } from "./frame.js";

export interface Operation {
  /** What the library must export: `name`, or `Class#method`. A program that lacks one of them is skipped. */
  readonly needs: readonly string[];
  /** Source of an expression; `operands` are as they stand in the program, `name` is the operation's. */
  readonly compile: Compile;
}

type Compile = (frame: Frame, operands: readonly Json[], name: string) => string;

export type Operations = Readonly<Record<string, Operation>>;

/** How many operands an operation takes: a number, or the least and the most. Absent ones are null. */
export type Arity = number | readonly [least: number, most: number];

/** The source of each operand; absent ones are `null`. */
export function compileOperands(frame: Frame, operands: readonly Json[], arity: Arity): string[] {
  const [least, most] = typeof arity === "number" ? [arity, arity] : arity;
  if (operands.length < least || operands.length > most) throw new CompileError("wrong number of operands");
  return Array.from({ length: most }, (_, index) => frame.expression(operands[index] ?? null));
}

/** An operation that continues at once. */
export function plain(needs: readonly string[], arity: Arity, code: (...operands: string[]) => string): Operation {
  return { needs, compile: (frame, operands) => code(...compileOperands(frame, operands, arity)) };
}

/**
 * An operation that may suspend. `awaitable` is waited for, and `result` makes the value of the operation
 * from the value of the wait, where the two differ.
 */
export function suspending(
  needs: readonly string[],
  arity: Arity,
  awaitable: (...operands: string[]) => string,
  result: (awaited: string) => string = (awaited) => awaited,
): Operation {
  return special(needs, (frame, operands, name) =>
    result(awaiting(frame, name, awaitable(...compileOperands(frame, operands, arity)))),
  );
}

/**
 * An operation of the driver. The driver waits for the promise, and `result` makes the value of the operation from
 * what it gives; elsewhere the library has to refuse at the call, so there the operation is a plain call.
 */
export function driving(
  needs: readonly string[],
  arity: Arity,
  code: (...operands: string[]) => string,
  result: (awaited: string) => string = (awaited) => awaited,
): Operation {
  return special(needs, (frame, operands) => {
    const call = code(...compileOperands(frame, operands, arity));
    return frame.kind === "driver" ? result(`(await ${call})`) : `runtime.refused(${call})`;
  });
}

/** An operation whose operands are not all expressions. */
export function special(needs: readonly string[], compile: Compile): Operation {
  return { needs, compile };
}

export function awaiting(frame: Frame, operation: string, awaitable: string): string {
  frame.requireSuspension(operation);
  return frame.spelling.awaiting(awaitable);
}

/** An option object's entries as properties of an object literal. `names` maps option to property. */
export function options(frame: Frame, given: Json | undefined, names: Readonly<Record<string, string>>): string[] {
  if (given === undefined || given === null) return [];
  if (!isOptions(given)) throw new CompileError("options expected");
  return Object.entries(given).map(([option, value]) => {
    const property = names[option];
    if (property === undefined) throw new CompileError(`unknown option '${option}'`);
    return `${property}: ${frame.expression(value)} ?? undefined`;
  });
}

/**
 * A list of awaitables: an array of expressions, or one expression that evaluates to a list. An array is
 * one expression when it begins with the name of an operation.
 */
export function awaitables(frame: Frame, list: Json | undefined): string {
  if (isList(list) && !(typeof list[0] === "string" && !list[0].startsWith("$"))) return `[${frame.expressions(list)}]`;
  return frame.expression(list ?? null);
}
