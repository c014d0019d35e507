// What a compiler's lowering of `async function*` calls.
import type { LoweredBody } from "./asyncFunction.js";
import { EagerGenerator, LazyGenerator, type LoweredGenerator } from "./loweredGenerator.js";
import type { AnyGenerator } from "../tasks/coroutine.js";

type GeneratorClass = new (generator: AnyGenerator, awaitsValues: boolean) => LoweredGenerator;
type Wrapped = (this: unknown, ...args: never[]) => AsyncGenerator<unknown, unknown, unknown>;

function make(
  Class: GeneratorClass,
  body: LoweredBody,
  self: unknown,
  args: ArrayLike<unknown>,
  awaitsValues: boolean,
): AsyncGenerator<unknown, unknown, unknown> {
  const made = new Class(body.apply(self, args as never[]) as AnyGenerator, awaitsValues);
  return made as unknown as AsyncGenerator<unknown, unknown, unknown>;
}

/** TypeScript's `__asyncGenerator(this, arguments, body)` for lazy code; the lowered body awaits what it yields. */
export function lazyAsyncGenerator(
  self: unknown,
  args: ArrayLike<unknown> | undefined,
  body: LoweredBody,
): AsyncGenerator<unknown, unknown, unknown> {
  return make(LazyGenerator, body, self, args ?? [], false);
}

/** The same for eager code. */
export function eagerAsyncGenerator(
  self: unknown,
  args: ArrayLike<unknown> | undefined,
  body: LoweredBody,
): AsyncGenerator<unknown, unknown, unknown> {
  return make(EagerGenerator, body, self, args ?? [], false);
}

/** Babel's, SWC's and OXC's `wrapAsyncGenerator(body)` for lazy code. */
export function wrapGeneratorLazily(body: LoweredBody): Wrapped {
  return function (this: unknown, ...args: never[]) {
    return make(LazyGenerator, body, this, args, true);
  };
}

/** The same for eager code. */
export function wrapGeneratorEagerly(body: LoweredBody): Wrapped {
  return function (this: unknown, ...args: never[]) {
    return make(EagerGenerator, body, this, args, true);
  };
}
