// Which function a generator runs: for texts, and off the hot path.
//
// A generator inherits from its function's prototype object, and nothing else leads back to the function.

export type AnyGenerator = Generator<unknown, unknown, unknown>;

type GeneratorFunction = (...args: never[]) => unknown;

const functions = new WeakMap<object, GeneratorFunction>();

/** @internal So that its name can be told of the generators that it makes. */
export function rememberFunction(fn: GeneratorFunction): void {
  if (typeof fn.prototype === "object") functions.set(fn.prototype as object, fn);
}

/**
 * @internal What a coroutine keeps of a generator that has ended: enough to tell its function. With the generator itself a
 * task that is done would hold a hundred bytes more (measured: eager tasks that end at once take a quarter less time).
 */
export function spent(generator: AnyGenerator): AnyGenerator {
  return Object.getPrototypeOf(generator) as AnyGenerator;
}

/** @internal The function that a coroutine's generator runs, or has run, if `coroutine()` was given it. */
export function functionOf(generator: AnyGenerator | null): GeneratorFunction | undefined {
  return generator === null ? undefined : (functions.get(generator) ?? functions.get(spent(generator)));
}
