// What the compiler must know about compiled async functions and what they return. Nothing of it runs.
import {
  createTask,
  ensureFuture,
  gather,
  run,
  sleep,
  timeout,
  wrapFuture,
  type Coroutine,
  type Future,
  type Task,
} from "../../bindings/index.js";
import type * as eager from "../../bindings/async/eager.js";
import type * as lazy from "../../bindings/async/lazy.js";
import { expectType } from "./expectType.js";

declare const coroutine: Coroutine<number>;
declare const task: Task<number>;
declare const future: Future<number>;

// What a compiled call returns is one of these; its type says Promise, which they are assignable to.
export const promises: Promise<number>[] = [coroutine, task, future];
// @ts-expect-error not with another result
export const wrong: Promise<string> = coroutine;

// The other way round, an async function's type is what everything here takes.
const work = async (n: number): Promise<string> => String(n);
expectType<Task<string>, ReturnType<typeof createTask<string>>>();
const made = createTask(work(1));
expectType<Task<string>, typeof made>();
const called = createTask(() => work(1));
expectType<Task<string>, typeof called>();
const both = gather([work(1), sleep(1, 2)]);
expectType<Future<[string, number]>, typeof both>();
const limited = timeout(10, () => work(1));
expectType<Coroutine<string>, typeof limited>();
const wrapped = wrapFuture(work(1));
expectType<Future<string>, typeof wrapped>();
const ensured = ensureFuture(work(1));
expectType<Future<string>, typeof ensured>();
const ran = run(() => work(1));
expectType<Promise<string>, typeof ran>();

export async function native(): Promise<void> {
  expectType<number, Awaited<typeof coroutine>>();
  const awaited = await coroutine;
  expectType<number, typeof awaited>();
  const caught = await task.catch(() => "recovered");
  expectType<number | string, typeof caught>();
  const all = await Promise.all([coroutine, task, work(1)]);
  expectType<[number, number, string], typeof all>();
}

// Both doors offer the same.
expectType<keyof typeof lazy, keyof typeof eager>();
