// What a compiled `await x` of something not awaitable sends in waits in the field that a cancellation's message takes
// as well. A cancellation that is taken back again leaves what was there before.
import type { Task } from "./task.js";

const values = new WeakMap<Task<unknown>, unknown>();

export function keepSentValue(task: Task<unknown>, value: unknown): void {
  values.set(task, value);
}

export function takeSentValue(task: Task<unknown>): unknown {
  const value = values.get(task);
  values.delete(task);
  return value;
}
