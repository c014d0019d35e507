import type { Json } from "../../format.js";
import { CompileError, type Frame } from "../frame.js";
import { type Operations, plain, special } from "../operation.js";

/** `and` and `or` give the deciding operand and leave the second alone when the first decides. */
function shortCircuit(choose: (test: string, value: string, other: string) => string) {
  return special([], (frame, operands, name) => {
    if (operands.length !== 2) throw new CompileError(`'${name}' takes two operands`);
    const value = frame.temporary();
    const first = frame.expression(operands[0] as Json);
    return `(${choose(`runtime.truthy(${value} = ${first})`, value, frame.expression(operands[1] as Json))})`;
  });
}

/** An error object from a literal kind and an optional message. */
export function errorOf(frame: Frame, kind: Json | undefined, message: Json | undefined): string {
  if (typeof kind !== "string") throw new CompileError("the kind of an error is a literal");
  frame.unit.useKind(kind);
  return `runtime.error(${JSON.stringify(kind)}, ${frame.expression(message ?? null)})`;
}

/** Values follow Python: what is equal, what is true, and what cannot be compared or added. */
export const VALUES: Operations = {
  list: special([], (frame, operands) => `[${frame.expressions(operands)}]`),
  at: plain([], 2, (list, index) => `runtime.at(${list}, ${index})`),
  len: plain([], 1, (x) => `runtime.length(${x})`),
  eq: plain([], 2, (a, b) => `runtime.equal(${a}, ${b})`),
  ne: plain([], 2, (a, b) => `(!runtime.equal(${a}, ${b}))`),
  lt: plain([], 2, (a, b) => `(runtime.order(${a}, ${b}) < 0)`),
  le: plain([], 2, (a, b) => `(runtime.order(${a}, ${b}) <= 0)`),
  gt: plain([], 2, (a, b) => `(runtime.order(${a}, ${b}) > 0)`),
  ge: plain([], 2, (a, b) => `(runtime.order(${a}, ${b}) >= 0)`),
  and: shortCircuit((test, value, other) => `${test} ? ${other} : ${value}`),
  or: shortCircuit((test, value, other) => `${test} ? ${value} : ${other}`),
  not: plain([], 1, (x) => `(!runtime.truthy(${x}))`),
  add: plain([], 2, (a, b) => `runtime.add(${a}, ${b})`),
  sub: plain([], 2, (a, b) => `runtime.subtract(${a}, ${b})`),
  is: plain([], 2, (a, b) => `runtime.identical(${a}, ${b})`),
  err: special([], (frame, [kind, message]) => errorOf(frame, kind, message)),
  kind: plain([], 1, (error) => `runtime.kindOf(${error})`),
  label: plain([], 1, (future) => `runtime.labelOf(${future})`),
  sorted: plain([], 1, (list) => `runtime.sorted(${list})`),
};
