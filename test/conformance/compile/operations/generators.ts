import { CompileError } from "../frame.js";
import { awaiting, type Operations, special, suspending } from "../operation.js";
import { errorOf } from "./values.js";

/** The end of a generator is the string `"<stop>"` in a trace. */
const orStop = (coroutine: string): string => `runtime.orStop(${coroutine})`;

export const GENERATOR_OPERATIONS: Operations = {
  agen: special(["asyncGenerator"], (frame, [name, ...operands]) => {
    return `runtime.keep(${frame.definition("agens", name)}(${frame.expressions(operands)}))`;
  }),
  yield: special(["emit"], (frame, [value]) => {
    if (frame.kind !== "agens") throw new CompileError("'yield' stands only in an async generator");
    return `(${frame.unit.spelling.yielding(frame.expression(value ?? null))} ?? null)`;
  }),
  anext: suspending(["anext", "StopAsyncIteration"], 1, (it) => orStop(`library.anext(${it})`)),
  asend: suspending(["asyncGenerator", "StopAsyncIteration"], 2, (it, value) =>
    orStop(`${it}.asend(${value} ?? undefined)`),
  ),
  athrow: special(["asyncGenerator", "StopAsyncIteration"], (frame, [it, kind, message], name) => {
    const target = frame.expression(it ?? null);
    return awaiting(frame, name, orStop(`${target}.athrow(${errorOf(frame, kind, message)})`));
  }),
  aclose: suspending(["asyncGenerator"], 1, (it) => `${it}.aclose()`),
  shutdown_asyncgens: suspending(["EventLoop#shutdownAsyncgens"], 0, () => "runtime.loop.shutdownAsyncgens()"),
};
