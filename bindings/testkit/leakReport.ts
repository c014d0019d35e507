import { HEADER_RING_HEAD, HEADER_RING_TAIL } from "../../assembly/codes.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { allTasks } from "../tasks/registry.js";

/** What a loop still holds. */
export interface LeakReport {
  /** Nothing at all. */
  readonly isClean: boolean;
  /** Names of the tasks that are not done. */
  readonly tasks: readonly string[];
  /** Timers set and neither fired nor cancelled. */
  readonly timers: number;
  /** Entries of the ready ring. */
  readonly ready: number;
  /** The core's slots in use: tasks, timers, callbacks, awaited futures. */
  readonly slots: number;
  /** Failed futures whose exception nobody looked at. */
  readonly unretrieved: number;
}

/** What is left on `loop`; meant for the end of a test. */
export function leakReport(loop: EventLoop): LeakReport {
  const core = loop._core;
  core.returnSpare();
  const tasks = [...allTasks(loop)].map((task) => task.getName());
  const timers = core.timersPending();
  const ready = (core.words[HEADER_RING_TAIL]! - core.words[HEADER_RING_HEAD]!) | 0;
  const slots = core.exports.slotsLive();
  const unretrieved = loop._unretrieved.count();
  const isClean = tasks.length + timers + ready + slots + unretrieved === 0;
  return Object.freeze({ isClean, tasks, timers, ready, slots, unretrieved });
}
