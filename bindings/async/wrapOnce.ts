// The helper of Babel, SWC and OXC: wraps a lowered body once, where the function is made.
import { callEagerly, callLazily, type LoweredBody } from "./asyncFunction.js";

type Wrapped = (this: unknown, ...args: unknown[]) => unknown;

export function wrapLazily(body: LoweredBody): Wrapped {
  return function (this: unknown, ...args: unknown[]): unknown {
    return callLazily(body, this, args);
  };
}

export function wrapEagerly(body: LoweredBody): Wrapped {
  return function (this: unknown, ...args: unknown[]): unknown {
    return callEagerly(body, this, args);
  };
}
