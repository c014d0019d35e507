// The helper of Babel, SWC and OXC: wraps a lowered body once, where the function is made.
//
// `apply(this, arguments)` stands in the functions themselves: the engine then forwards the arguments without an object
// for them.
import { rememberFunction, type AnyGenerator } from "../tasks/generatorFunctions.js";
import { startCall } from "../tasks/eagerCall.js";
import { coroutineOf, failing, type LoweredBody } from "./asyncFunction.js";

type Wrapped = (this: unknown, ...args: unknown[]) => unknown;

export function wrapLazily(body: LoweredBody): Wrapped {
  rememberFunction(body);
  return function (this: unknown): unknown {
    let generator: AnyGenerator;
    try {
      generator = body.apply(this, arguments as unknown as never[]);
    } catch (error) {
      generator = failing(error);
    }
    return coroutineOf(generator, body, 0);
  };
}

export function wrapEagerly(body: LoweredBody): Wrapped {
  rememberFunction(body);
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
