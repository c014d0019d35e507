// The message of a cancellation that a task took in and survived.
//
// asyncio keeps it in the task for good, and a cancelled gathering whose last child ended otherwise carries it. No more
// than that depends on it, so it stands beside the task and costs nothing where nobody gives messages.
import type { Task } from "./task.js";

const messages = new WeakMap<Task<unknown>, unknown>();
let isAnyKept = false;

/** `task.cancel(msg)` was called while nothing that the task waited for could be cancelled. */
export function keepLateMessage(task: Task<unknown>, msg: unknown): void {
  if (msg !== undefined) {
    messages.set(task, msg);
    isAnyKept = true;
  } else if (isAnyKept) {
    messages.delete(task);
  }
}

export function lateMessageOf(task: object): unknown {
  return messages.get(task as Task<unknown>);
}
