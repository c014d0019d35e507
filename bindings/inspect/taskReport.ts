import type { EventLoop } from "../loop/eventLoop.js";
import { allTasks, currentTask } from "../tasks/registry.js";

/** A task that is not done. */
export interface TaskReport {
  readonly name: string;
  /** On the stack right now, about to make its next step, or waiting for something. */
  readonly state: "running" | "ready" | "waiting";
  /** What it waits for; `null` unless it waits. */
  readonly waitsFor: string | null;
  /** Cancellations asked for and not taken back. */
  readonly cancelling: number;
}

/** `readySlots`: the slots that stand in the ready ring. */
export function reportTasks(loop: EventLoop, readySlots: ReadonlySet<number>): TaskReport[] {
  const current = currentTask(loop);
  return [...allTasks(loop)].map((task) => {
    // A task that is starting eagerly has no slot yet.
    const isRunning = task === current || task._slot === 0;
    const state = isRunning ? "running" : readySlots.has(task._slot) ? "ready" : "waiting";
    const waitsFor = state === "waiting" && task._waiting !== null ? task._waiting.toString() : null;
    return { name: task.getName(), state, waitsFor, cancelling: task.cancelling() };
  });
}
