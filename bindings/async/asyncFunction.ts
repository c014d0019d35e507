// What a compiler's lowering of async functions calls: a generator function in which `await x` has become `yield x`.
import { debugLoops, noteSource } from "../loop/debug.js";
import { watchStart } from "../loop/neverAwaited.js";
import { AsyncCoroutine } from "../tasks/asyncCoroutine.js";
import type { AnyGenerator } from "../tasks/coroutine.js";
import { startCall } from "../tasks/eagerCall.js";
import type { Coroutine } from "../tasks/coroutine.js";
import type { Task } from "../tasks/task.js";
import "../tasks/loweredStep.js";

/** A lowered body. */
export type LoweredBody = (this: unknown, ...args: never[]) => Generator<unknown, unknown, unknown>;

const prototype = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())) as object;

/**
 * One prototype object for the generators of all lowered bodies. TypeScript's lowering makes a generator function at
 * every call, and V8 a hidden class and a prototype object for each of them: 600 ns that this assignment saves.
 */
const sharedPrototype = Object.create(prototype) as object;

/**
 * The body's generator. Parameters are evaluated here; as those of an async function, their errors belong to what the
 * call returns.
 */
function generatorOf(body: LoweredBody, self: unknown, args: ArrayLike<unknown> | undefined): AnyGenerator {
  body.prototype = sharedPrototype;
  try {
    return body.apply(self, (args ?? []) as never[]) as AnyGenerator;
  } catch (error) {
    return failing(error);
  }
}

/** What takes the place of a generator whose parameters could not be evaluated. */
export function* failing(error: unknown): AnyGenerator {
  throw error;
}

/** The coroutine of a call that has not started; `skipped` frames of the program stand between its caller and us. */
export function coroutineOf(generator: AnyGenerator, body: LoweredBody, skipped: number): Coroutine<unknown> {
  if (debugLoops.size === 0) return new AsyncCoroutine(generator);
  return noteSource(new AsyncCoroutine(watchStart(generator, body.name)), skipped);
}

/** The function around the body, which calls the helper. */
const AROUND = 1;

/** The body starts when the result is awaited, as in Python, in its caller's context. */
export function callLazily(body: LoweredBody, self: unknown, args?: ArrayLike<unknown>): Coroutine<unknown> {
  return coroutineOf(generatorOf(body, self, args), body, AROUND);
}

/** The body starts at once, as in JavaScript: a Task with its own copy of the context. */
export function callEagerly(body: LoweredBody, self: unknown, args?: ArrayLike<unknown>): Task<unknown> {
  const task = startCall(generatorOf(body, self, args));
  return debugLoops.size > 0 ? noteSource(task, AROUND) : task;
}
