// Eager tasks: the first step is taken in the constructor, on the stack of whoever creates the task.
import { current } from "../context/current.js";
import { running } from "../loop/running.js";
import type { Task } from "./task.js";

const starting: Task<unknown>[] = [];

/** Tasks whose first step is on the stack; they have no slot yet. */
export function startingTasks(): readonly Task<unknown>[] {
  return starting;
}

export function enterFirstStep(task: Task<unknown>): void {
  starting.push(task);
}

export function leaveFirstStep(): void {
  starting.pop();
}

/** Takes the first step as the current task of its loop, in the task's own context. */
export function startEagerly(task: Task<unknown>): void {
  const { task: outer, entered } = current;
  const { loop } = running;
  current.entered = null;
  running.loop = task._loop;
  starting.push(task);
  try {
    task._step();
  } finally {
    starting.pop();
    current.task = outer;
    current.entered = entered;
    running.loop = loop;
  }
}
