// What the compiler must know about coroutines. This file is compiled with the tests; nothing of it runs.
import {
  coroutine,
  sleep,
  type Awaitable,
  type Coroutine,
  type Future,
  type Steps,
  type Task,
} from "../../bindings/index.js";
import type { Equal, Expect } from "./expect.js";

const fetchPage = coroutine(function* (url: string, retries?: number) {
  yield* sleep(1);
  return url.length + (retries ?? 3);
});
export type Parameters1 = Expect<Equal<Parameters<typeof fetchPage>, [url: string, retries?: number | undefined]>>;
export type Result = Expect<Equal<ReturnType<typeof fetchPage>, Coroutine<number>>>;

const generic = coroutine(function* <T>(value: T): Steps<T[]> {
  yield;
  return [value];
});
const madeGeneric = generic("text");
export type Generic = Expect<Equal<typeof madeGeneric, Coroutine<string[]>>>;

const method = coroutine(function* (this: { base: number }, more: number) {
  yield;
  return this.base + more;
});
export const object = { base: 1, method };
object.method(1);
// @ts-expect-error `this` is part of the signature
method(1);
// @ts-expect-error so is the type of each parameter
object.method("1");
// @ts-expect-error an async function is not a generator function
coroutine(async () => 5);
// @ts-expect-error nor is a plain one
coroutine(() => 5);

declare const future: Future<string>;
declare const task: Task<string>;

/** yield* infers the type of the result. */
export function* infer(): Steps<void> {
  const a = yield* sleep(1, "text");
  const b = yield* future;
  const c = yield* fetchPage("x");
  const d = yield* helper();
  const e = yield* sleep(1);
  const nothing: undefined = e;
  type All = Expect<Equal<[typeof a, typeof b, typeof c, typeof d], [string, string, number, boolean]>>;
  void [a, b, c, d, nothing] as unknown as All;
}
function* helper(): Steps<boolean> {
  yield* task;
  return true;
}

/** A recursive generator needs its return type written, and then infers. */
export function* recursive(depth: number): Steps<number> {
  return depth === 0 ? 0 : 1 + (yield* recursive(depth - 1));
}

/** Native await gives the same types. */
export async function native(): Promise<void> {
  const values = [await future, await task, await sleep(1, "text"), await fetchPage("x")] as const;
  type Values = Expect<Equal<typeof values, readonly [string, string, string, number]>>;
  void values as unknown as Values;
}

/** Futures, Tasks and Coroutines are good for whatever takes a Promise. */
export const promises: Promise<string>[] = [future, task, sleep(1, "text")];
export const likes: PromiseLike<string>[] = [future, task, sleep(1, "text")];
export const awaitables: Awaitable<string>[] = [future, task, sleep(1, "text"), Promise.resolve("text")];
// @ts-expect-error but not of another type
export const wrong: Promise<number> = future;
// @ts-expect-error a number can not be awaited
export const notAwaitable: Awaitable<number> = 5;
// @ts-expect-error a duration is a number
sleep("5");
