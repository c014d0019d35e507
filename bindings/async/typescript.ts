// TypeScript's helpers, by the names that `tsc` emits with `noEmitHelpers` or imports from tslib.
import { callEagerly, callLazily, type LoweredBody } from "./asyncFunction.js";

/** `__awaiter(this, arguments, Promise, body)` for `wasyncio/async/lazy`. */
export function lazyAwaiter(
  self: unknown,
  args: ArrayLike<unknown> | undefined,
  _P: unknown,
  body: LoweredBody,
): unknown {
  return callLazily(body, self, args);
}

/** `__awaiter(this, arguments, Promise, body)` for `wasyncio/async/eager`. */
export function eagerAwaiter(
  self: unknown,
  args: ArrayLike<unknown> | undefined,
  _P: unknown,
  body: LoweredBody,
): unknown {
  return callEagerly(body, self, args);
}
