// What can be awaited, and what a scope or task can be given to run.
import type { Coroutine } from "./coroutine.js";

/** The return type to write on a recursive or helper generator. */
// The third parameter is what the driver sends in: `any`, as with a narrower type no generator would be assignable.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Steps<T> = Generator<unknown, T, any>;

export type CoroutineLike<T> = Coroutine<T> | Steps<T>;

/** Future and Task are PromiseLike. */
export type Awaitable<T> = CoroutineLike<T> | PromiseLike<T>;

export type Body<T, A extends unknown[] = []> = (...args: A) => CoroutineLike<T> | PromiseLike<T> | T;
