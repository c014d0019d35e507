// What the programs are made of.
import {
  coroutine,
  createTask,
  sleep,
  type CallGraphOptions,
  type Coroutine,
  type Future,
  type Steps,
  type Task,
} from "../../../bindings/index.js";

/** Captures the graph and keeps its shape. */
export type Look = (future?: Future<unknown> | null, options?: CallGraphOptions) => void;

export type Programs = Readonly<Record<string, (look: Look) => Steps<void>>>;

export const create = <T>(made: Coroutine<T>, name: string): Task<T> => createTask(made, { name });

export const leaf = coroutine(function* leaf(delay: number = 10): Steps<void> {
  yield* sleep(delay);
});

export const waits = coroutine(function* waits(awaitable: Future<unknown>): Steps<void> {
  yield* awaitable;
});
