import { CompileError, type Frame } from "../frame.js";
import { awaiting, compileOperands, type Operations, special, suspending } from "../operation.js";
import { errorOf } from "./values.js";

/** The end of a generator is the string `"<stop>"` in a trace. */
function awaitStep(frame: Frame, operation: string, step: string): string {
  return awaiting(frame, operation, frame.spelling.stepping(step, '"<stop>"'));
}

export const GENERATOR_OPERATIONS: Operations = {
  agen: special(["asyncGenerator"], (frame, [name, ...operands]) => {
    return `runtime.keep(${frame.definition("agens", name)}(${frame.expressions(operands)}))`;
  }),
  yield: special(["emit"], (frame, [value]) => {
    if (frame.kind !== "agens") throw new CompileError("'yield' stands only in an async generator");
    return `(${frame.spelling.yielding(frame.expression(value ?? null))} ?? null)`;
  }),
  anext: special(["anext", "StopAsyncIteration"], (frame, operands, name) => {
    const [it] = compileOperands(frame, operands, 1);
    return awaitStep(frame, name, `library.anext(${it})`);
  }),
  asend: special(["asyncGenerator", "StopAsyncIteration"], (frame, operands, name) => {
    const [it, value] = compileOperands(frame, operands, 2);
    return awaitStep(frame, name, `${it}.asend(${value} ?? undefined)`);
  }),
  athrow: special(["asyncGenerator", "StopAsyncIteration"], (frame, [it, kind, message], name) => {
    const target = frame.expression(it ?? null);
    return awaitStep(frame, name, `${target}.athrow(${errorOf(frame, kind, message)})`);
  }),
  aclose: suspending(["asyncGenerator"], 1, (it) => `${it}.aclose()`),
  shutdown_asyncgens: suspending(["EventLoop#shutdownAsyncgens"], 0, () => "runtime.loop.shutdownAsyncgens()"),
};
