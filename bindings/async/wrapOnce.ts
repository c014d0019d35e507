// The helper of Babel, SWC and OXC: wraps a lowered body once, where the function is made.
//
// `apply(this, arguments)` stands in the functions themselves: the engine then forwards the arguments without an object
// for them.
import { AsyncCoroutine } from "../tasks/asyncCoroutine.js";
import type { AnyGenerator } from "../tasks/coroutine.js";
import { startCall } from "../tasks/eagerCall.js";
import { failing, type LoweredBody } from "./asyncFunction.js";

type Wrapped = (this: unknown, ...args: unknown[]) => unknown;

export function wrapLazily(body: LoweredBody): Wrapped {
  return function (this: unknown): unknown {
    let generator: AnyGenerator;
    try {
      generator = body.apply(this, arguments as unknown as never[]);
    } catch (error) {
      generator = failing(error);
    }
    return new AsyncCoroutine(generator);
  };
}

export function wrapEagerly(body: LoweredBody): Wrapped {
  return function (this: unknown): unknown {
    let generator: AnyGenerator;
    try {
      generator = body.apply(this, arguments as unknown as never[]);
    } catch (error) {
      generator = failing(error);
    }
    return startCall(generator);
  };
}
