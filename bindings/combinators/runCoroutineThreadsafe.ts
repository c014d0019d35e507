import { describe } from "../errors/checks.js";
import { promiseOf } from "../futures/promiseOf.js";
import { EventLoop } from "../loop/eventLoop.js";
import type { CoroutineLike } from "../tasks/awaitable.js";
import { isCoroutineLike } from "../tasks/target.js";

/** Runs a coroutine as a task of `loop`, another loop of this thread; a Promise of its outcome. */
export function runCoroutineThreadsafe<T>(coro: CoroutineLike<T>, loop: EventLoop): Promise<Awaited<T>> {
  if (!isCoroutineLike(coro)) throw new TypeError(`runCoroutineThreadsafe expects a coroutine, got ${describe(coro)}`);
  if (!(loop instanceof EventLoop)) {
    throw new TypeError(`runCoroutineThreadsafe expects the loop to run it on, got ${describe(loop)}`);
  }
  const { promise, resolve, reject } = deferred<T>();
  loop.callSoonThreadsafe(() => {
    try {
      promiseOf(loop.createTask(coro)).then(resolve, reject);
    } catch (error) {
      reject(error);
    }
  });
  return promise as Promise<Awaited<T>>;
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((fulfil, fail) => {
    resolve = fulfil;
    reject = fail;
  });
  return { promise, resolve, reject };
}
