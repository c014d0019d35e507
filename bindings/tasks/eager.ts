// Eager tasks: the first step is taken in the constructor, on the stack of whoever creates the task.
import { thread, type ContextHolder } from "../context/current.js";
import { running } from "../loop/running.js";
import type { Task } from "./task.js";

/** Tasks whose first step is on the stack, in slices that were interrupted too; they have no slot yet. */
export function startingTasks(): Task<unknown>[] {
  const tasks: ContextHolder[] = [];
  for (let each: typeof thread.current | null = thread.current; each !== null; each = each.outer)
    tasks.unshift(...each.starting);
  return tasks as Task<unknown>[];
}

/** Takes the first step as the current task of its loop, in the task's own context. */
export function startEagerly(task: Task<unknown>): void {
  const { task: outer, entered } = thread.current;
  const { loop } = running;
  thread.current.entered = null;
  running.loop = task._loop;
  thread.current.starting.push(task);
  try {
    task._step();
  } finally {
    thread.current.starting.pop();
    thread.current.task = outer;
    thread.current.entered = entered;
    running.loop = loop;
  }
}
