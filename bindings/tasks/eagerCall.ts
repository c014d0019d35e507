// Tasks of eager compiled calls. Until somebody awaits such a task it may still be adopted: createTask takes it over,
// names it and returns it, as it would make a task of a call that had not started.
import { findLoop } from "../loop/running.js";
import type { Coroutine } from "./coroutine.js";
import { Task, type TaskOptions } from "./task.js";

const unclaimed = new WeakSet<Task<unknown>>();

const EAGERLY: TaskOptions = Object.freeze({ eagerStart: true });

export function newCallTask<T>(coroutine: Coroutine<T>): Task<T> {
  const task = new Task<T>(coroutine, EAGERLY, findLoop());
  unclaimed.add(task as Task<unknown>);
  return task;
}

/** The task, if `target` is one that an eager call has made and nobody has taken over. */
export function adoptCall(target: unknown, options: TaskOptions | undefined): Task<unknown> | null {
  if (!(target instanceof Task) || !unclaimed.delete(target)) return null;
  if (options?.name !== undefined) target.setName(options.name);
  return target;
}
