import { thread } from "../context/current.js";
import { RuntimeError } from "../errors/errors.js";
import type { Future } from "./future.js";

/** A task, as a Future sees it. */
export interface Waiter {
  /** @internal Registers with `future`; the step that is on the stack must suspend now. */
  _waitFor(future: Future<unknown>): void;
}

/** The task whose step is on the stack. */
export function currentWaiter(): Waiter {
  const task = thread.current.task;
  if (task === null) throw notInTask();
  return task as unknown as Waiter;
}

export function notInTask(): RuntimeError {
  return new RuntimeError(
    "`yield*` of an awaitable outside of a task: run the generator with run(), createTask() or another coroutine's " +
      "`yield*`; plain code uses `await`",
  );
}
