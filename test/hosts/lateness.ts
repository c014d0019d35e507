// How late the host's own timers are while the loop is as busy as can be, in real time.
import { createTask, run, sleep, type Task } from "../../bindings/index.js";

export const TASKS = 100_000;
const BATCH = 1000;
const INTERVAL_MS = 50;
const TICKS = 40;

export interface Lateness {
  readonly p95: number;
  readonly worst: number;
}

export function describeLateness({ p95, worst }: Lateness): string {
  return `p95 ${p95.toFixed(1)} ms, worst ${worst.toFixed(1)} ms`;
}

/** Resolves when the interval has fired often enough, with how late each firing was. */
function measureInterval(): Promise<Lateness> {
  return new Promise((resolve) => {
    const late: number[] = [];
    let due = performance.now() + INTERVAL_MS;
    const interval = setInterval(() => {
      const now = performance.now();
      late.push(now - due);
      due = now + INTERVAL_MS;
      if (late.length < TICKS) return;
      clearInterval(interval);
      late.sort((a, b) => a - b);
      resolve({ p95: late[Math.ceil(late.length * 0.95) - 1]!, worst: late.at(-1)! });
    }, INTERVAL_MS);
  });
}

/** Under `TASKS` tasks that never wait. */
export function measureUnderLoad(): Promise<Lateness> {
  return run(function* () {
    let isOver = false;
    const tasks: Task<void>[] = [];
    const measured = measureInterval();
    for (let made = 0; made < TASKS; made += BATCH) {
      for (let i = 0; i < BATCH; i++) {
        tasks.push(
          createTask(function* () {
            while (!isOver) yield;
          }),
        );
      }
      yield* sleep(0);
    }
    const lateness = (yield measured) as Lateness;
    isOver = true;
    for (const task of tasks) yield* task;
    return lateness;
  });
}
