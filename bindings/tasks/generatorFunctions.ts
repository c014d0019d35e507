// Which function a generator runs: for texts, and off the hot path.
//
// A generator inherits from its function's prototype object, and nothing else leads back to the function.

export type AnyGenerator = Generator<unknown, unknown, unknown>;

type GeneratorFunction = (...args: never[]) => unknown;

/** Of a function's prototype object: itself, which its generators so lead to. */
const PROTOTYPE = Symbol("wasyncio.prototype");

interface Remembered {
  readonly [PROTOTYPE]?: AnyGenerator;
}

/** For generators of functions that nobody has remembered. */
const FORGOTTEN = Object.freeze({}) as AnyGenerator;

const functions = new WeakMap<object, GeneratorFunction>();

/** @internal So that its name can be told of the generators that it makes. */
export function rememberFunction(fn: GeneratorFunction): void {
  const prototype = fn.prototype as object | undefined;
  if (typeof prototype !== "object") return;
  functions.set(prototype, fn);
  Reflect.defineProperty(prototype, PROTOTYPE, { value: prototype });
}

/**
 * @internal What a coroutine keeps of a generator that has ended: enough to tell its function. With the generator itself a
 * task that is done would hold a hundred bytes more (measured: eager tasks that end at once take a quarter less time).
 * Loaded, since the engine calls its runtime for Object.getPrototypeOf of an object that it knows nothing of.
 */
export function spent(generator: AnyGenerator): AnyGenerator {
  return (generator as Remembered)[PROTOTYPE] ?? FORGOTTEN;
}

/** @internal The function that a coroutine's generator runs, or has run, if `coroutine()` was given it. */
export function functionOf(generator: AnyGenerator | null): GeneratorFunction | undefined {
  return generator === null ? undefined : functions.get(spent(generator));
}
