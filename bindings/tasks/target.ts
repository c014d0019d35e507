// What a task can be made of.
import { callWithLoop } from "../loop/running.js";
import { thread } from "../context/current.js";
import { describe } from "../errors/checks.js";
import { isFuture } from "../futures/future.js";
import { isPromiseLike, wrapFuture } from "../futures/interop.js";
import type { Awaitable, Body, CoroutineLike } from "./awaitable.js";
import { Coroutine, coroutine, isGenerator, isGeneratorFunction } from "./coroutine.js";
import { asFrame } from "./operation.js";
import { awaitOwned } from "./ownedPromise.js";
import { runBody } from "./runBody.js";
import type { Task } from "./task.js";

export function isCoroutineLike(value: unknown): value is CoroutineLike<unknown> {
  return value instanceof Coroutine || isGenerator(value);
}

/** The first frame of a task that drives `coro`. */
export function rootFrame<T>(coro: CoroutineLike<T>): Coroutine<T> {
  if (coro instanceof Coroutine) return asFrame(coro as Coroutine<T>);
  if (isGenerator(coro)) return new Coroutine<T>(coro);
  throw new TypeError(`a coroutine was expected, got ${describe(coro)}`);
}

/** Calls a task's function: the frame to drive, or `null` when the call itself was all and the task is finished. */
export function frameOfCall<T>(body: Body<T, [task: Task<unknown>]>, task: Task<unknown>): Coroutine<unknown> | null {
  const made: unknown = isGeneratorFunction(body) ? body(task) : callWithLoop(task._loop, body, task);
  if (isCoroutineLike(made)) return rootFrame(made);
  if (isFuture(made)) return rootFrame(awaitForeign(made));
  if (isPromiseLike(made)) return rootFrame(awaitOwned(made, task._loop));
  task._finish(made);
  return null;
}

function* awaitForeign<T>(promise: PromiseLike<T>): Generator<unknown, T, unknown> {
  return yield* wrapFuture(promise);
}

/** The same as a coroutine, for a task factory: a function is called in the first step all the same. */
export function targetCoroutine<T>(target: Body<T, [task: Task<unknown>]> | Awaitable<T>): CoroutineLike<T> {
  if (typeof target === "function") return callBody(target as Body<T, [task: Task<unknown>]>);
  if (isCoroutineLike(target)) return target as CoroutineLike<T>;
  if (!isFuture(target) && isPromiseLike(target)) return awaitForeign(target as PromiseLike<T>);
  // Anything else is the factory's to refuse, as in asyncio; Task does.
  return target as never;
}

const callBody = coroutine(function* <T>(body: Body<T, [task: Task<unknown>]>): Generator<unknown, T, unknown> {
  return yield* runBody(body, thread.current.task as Task<unknown>);
});

/** TypeError unless `target` is something that createTask or a run takes; a task factory is not asked first. */
export function checkTarget(target: unknown): void {
  if (!isFuture(target)) taskTarget(target as Awaitable<unknown>);
}

/** What createTask takes, as what a Task is constructed with. */
export function taskTarget<T>(target: Body<T, [task: Task<unknown>]> | Awaitable<T>): CoroutineLike<T> {
  if (isCoroutineLike(target)) return target as CoroutineLike<T>;
  if (typeof target === "function") return target as unknown as CoroutineLike<T>;
  if (!isFuture(target) && isPromiseLike(target)) return awaitForeign(target as PromiseLike<T>);
  const hint = isFuture(target) ? "; it runs already: await it, or use ensureFuture" : "";
  throw new TypeError(`createTask expects a function, coroutine or promise, got ${describe(target)}${hint}`);
}
