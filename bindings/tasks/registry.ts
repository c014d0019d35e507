import { thread } from "../context/current.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { findLoop } from "../loop/running.js";
import { startingTasks } from "./eager.js";
import { lowered } from "./lowered.js";
import { Task } from "./task.js";
import { compareCreation } from "./taskName.js";

/** The task whose step is on the stack; `null` in callbacks and outside of the loop. */
export function currentTask(loop?: EventLoop): Task<unknown> | null {
  const task = thread.current.task as Task<unknown> | null;
  return task !== null && loop !== undefined && task._loop !== loop ? null : task;
}

/** The tasks that are not done, oldest first. The loop holds them: none vanishes while it is pending. */
export function allTasks(loop: EventLoop = findLoop()): Set<Task<unknown>> {
  const pending = loop._core.payloads.filter((payload): payload is Task<unknown> => payload instanceof Task);
  for (const task of [...startingTasks(), ...lowered.unregistered()]) {
    if (task._loop === loop && task._slot === 0) pending.push(task);
  }
  return new Set(pending.filter((task) => !task.done()).sort((a, b) => compareCreation(a._name, b._name)));
}
