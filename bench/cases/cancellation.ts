// What does it cost to stop what sleeps, and to wait until it has cleaned up?
import { coroutine, createTask, isCancelled, sleep, type Steps, type Task } from "wasyncio";
import type { Case } from "../case.js";

const SLEEPERS = 20_000;
const LONG = 60_000;

let cleaned = 0;

const sleeper = coroutine(function* (): Steps<void> {
  try {
    yield* sleep(LONG);
  } finally {
    cleaned++;
  }
});

let tasks: Task<void>[] = [];

function* startTasks(): Steps<void> {
  tasks = Array.from({ length: SLEEPERS }, () => createTask(sleeper()));
  yield;
}

function* cancelAndJoinTasks(): Steps<void> {
  cleaned = 0;
  for (const task of tasks) task.cancel();
  for (const task of tasks) {
    try {
      yield* task;
    } catch (error) {
      if (!isCancelled(error)) throw error;
    }
  }
  checkAllCleaned();
  tasks = [];
}

function checkAllCleaned(): void {
  if (cleaned !== SLEEPERS) throw new Error(`${cleaned} of ${SLEEPERS} sleepers cleaned up`);
}

/** The shortest cancellable sleep there is; `timers/promises` does more and takes longer. */
function abortableSleep(delay: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, delay);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

async function sleepNatively(signal: AbortSignal): Promise<void> {
  try {
    await abortableSleep(LONG, signal);
  } finally {
    cleaned++;
  }
}

interface Sleeper {
  readonly controller: AbortController;
  readonly promise: Promise<void>;
}

let sleepers: Sleeper[] = [];

async function startSleepers(): Promise<void> {
  sleepers = Array.from({ length: SLEEPERS }, () => {
    const controller = new AbortController();
    return { controller, promise: sleepNatively(controller.signal) };
  });
}

async function cancelAndJoinSleepers(): Promise<void> {
  cleaned = 0;
  for (const { controller } of sleepers) controller.abort();
  // Looked at together: one that is awaited after it was rejected would be an unhandled rejection first.
  const outcomes = await Promise.allSettled(sleepers.map(({ promise }) => promise));
  for (const outcome of outcomes) {
    if (outcome.status === "fulfilled" || outcome.reason.name !== "AbortError") throw new Error("not aborted");
  }
  checkAllCleaned();
  sleepers = [];
}

export const cancellationCases: readonly Case[] = [
  {
    name: "cancel and join 20,000 sleepers",
    against: "AbortController and rejection",
    n: SLEEPERS,
    ours: { prepare: startTasks, run: cancelAndJoinTasks },
    native: { prepare: startSleepers, run: cancelAndJoinSleepers },
  },
  {
    name: "start, cancel and join 20,000 sleepers",
    against: "AbortController and rejection",
    n: SLEEPERS,
    ours: {
      *run() {
        yield* startTasks();
        yield* cancelAndJoinTasks();
      },
    },
    native: {
      run: async () => {
        await startSleepers();
        await cancelAndJoinSleepers();
      },
    },
  },
];
