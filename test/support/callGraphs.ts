// What tests of call graphs look at, and what stands in the graphs.
import {
  captureCallGraph,
  coroutine,
  sleep,
  type Future,
  type FutureCallGraph,
  type Steps,
  type Task,
} from "../../bindings/index.js";

export const pause = coroutine(function* pause(delay: number = 10): Steps<void> {
  yield* sleep(delay);
});

export const waits = coroutine(function* waits(awaitable: Future<unknown>): Steps<void> {
  yield* awaitable;
});

export function nameOf({ future }: FutureCallGraph): string {
  return (future as Task<unknown>).getName();
}

/** The names of the tasks that await `future`. */
export function awaiters(future: Future<unknown>): string[] {
  return captureCallGraph(future)!.awaitedBy.map(nameOf);
}

export function framesOf(future: Future<unknown>): string[] {
  return captureCallGraph(future)!.callStack.map(({ frame }) => frame);
}
