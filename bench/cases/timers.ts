// Timers as timeouts use them: most are cancelled long before they are due. And a crowd that sleeps.
import { coroutine, gather, getRunningLoop, sleep, type Steps, type TimerHandle } from "wasyncio";
import type { Case } from "../case.js";

const MANY = 100_000;

/** A program has a few kinds of timeout; none of these is due while the case runs. */
function delayOf(i: number): number {
  return 60_000 + 1000 * (i % 10);
}

function nothing(): void {}

let handles: TimerHandle[] = [];
let timeouts: ReturnType<typeof setTimeout>[] = [];

const ninetyPercent: Case = {
  name: "100,000 timers set, 90 % cancelled",
  against: "setTimeout, clearTimeout",
  n: MANY,
  ours: {
    *run() {
      const loop = getRunningLoop();
      handles = [];
      for (let i = 0; i < MANY; i++) handles.push(loop.callLater(delayOf(i), nothing));
      for (let i = 0; i < MANY; i++) if (i % 10 !== 0) handles[i]!.cancel();
    },
    *cleanup() {
      for (const handle of handles) handle.cancel();
    },
  },
  native: {
    run: () => {
      timeouts = [];
      for (let i = 0; i < MANY; i++) timeouts.push(setTimeout(nothing, delayOf(i)));
      for (let i = 0; i < MANY; i++) if (i % 10 !== 0) clearTimeout(timeouts[i]);
    },
    cleanup: () => {
      for (const timeout of timeouts) clearTimeout(timeout);
    },
  },
};

/** From 1 to 300 ms, in no order. */
function mixedDelay(i: number): number {
  return 1 + ((i * 7919) % 300);
}

const sleeping = coroutine(function* (delay: number): Steps<void> {
  yield* sleep(delay);
});

function sleepNatively(delay: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delay));
}

async function sleepingNatively(delay: number): Promise<void> {
  await sleepNatively(delay);
}

const mixedSleeps: Case = {
  name: "100,000 sleeps of 1 to 300 ms, processor time",
  against: "setTimeout promises",
  n: MANY,
  clock: "cpu",
  ours: {
    *run() {
      yield* gather(Array.from({ length: MANY }, (_, i) => sleeping(mixedDelay(i))));
    },
  },
  native: { run: () => Promise.all(Array.from({ length: MANY }, (_, i) => sleepingNatively(mixedDelay(i)))) },
};

export const timerCases: readonly Case[] = [ninetyPercent, mixedSleeps];
