// The body of a scope, a lock, a barrier: a function of any of the four kinds, run where the scope stands.
import { checkCallback } from "../errors/checks.js";
import { isFuture } from "../futures/future.js";
import { isPromiseLike } from "../futures/interop.js";
import { findLoop } from "../loop/running.js";
import type { Body } from "./awaitable.js";
import { Coroutine, isGenerator } from "./coroutine.js";
import { awaitOwned } from "./ownedPromise.js";

/** TypeError unless `body` can be called; for where the body is handed over, before anything is entered. */
export function checkBody(body: unknown, where: string): void {
  checkCallback(body, where);
}

/**
 * Calls `body` and awaits what it returns, in the same task: a generator is driven as a coroutine, a coroutine or Future
 * is awaited, the promise of a native async function is waited for until it settles, and anything else is the result.
 */
export function* runBody<T, A extends unknown[]>(body: Body<T, A>, ...args: A): Generator<unknown, T, unknown> {
  const made: unknown = body(...args);
  if (made instanceof Coroutine || isFuture(made)) return (yield* made) as T;
  // As a frame of the task's stack: the engine's own delegation would pass this generator at every step.
  if (isGenerator(made)) return (yield* new Coroutine<T>(made)) as T;
  if (isPromiseLike(made)) return (yield* awaitOwned(made, findLoop())) as T;
  return made as T;
}
