// Waiting in turn: a lock that everybody wants, a semaphore that lets a few work, two events that toss a turn.
import { coroutine, Event, gather, Lock, Semaphore, type Steps } from "wasyncio";
import type { Case } from "../case.js";
import { PromiseLatch, PromiseMutex, PromiseSemaphore } from "../native/sync.js";

const TASKS = 100;
const TURNS = 200;

const locking = coroutine(function* (lock: Lock): Steps<void> {
  for (let i = 0; i < TURNS; i++) {
    yield* lock.acquire();
    yield;
    lock.release();
  }
});

async function lockingNatively(mutex: PromiseMutex): Promise<void> {
  for (let i = 0; i < TURNS; i++) {
    await mutex.acquire();
    await null;
    mutex.release();
  }
}

const contendedLock: Case = {
  name: "contended lock, 100 tasks",
  against: "a ten-line promise mutex",
  n: TASKS * TURNS,
  ours: {
    *run() {
      const lock = new Lock();
      yield* gather(Array.from({ length: TASKS }, () => locking(lock)));
    },
  },
  native: {
    run: () => {
      const mutex = new PromiseMutex();
      return Promise.all(Array.from({ length: TASKS }, () => lockingNatively(mutex)));
    },
  },
};

const JOBS = 20_000;
const PERMITS = 10;

const job = coroutine(function* (semaphore: Semaphore): Steps<void> {
  yield* semaphore.acquire();
  yield;
  semaphore.release();
});

async function jobNatively(semaphore: PromiseSemaphore): Promise<void> {
  await semaphore.acquire();
  await null;
  semaphore.release();
}

const limitedJobs: Case = {
  name: "20,000 jobs, ten at a time",
  against: "a ten-line promise semaphore",
  n: JOBS,
  ours: {
    *run() {
      const semaphore = new Semaphore(PERMITS);
      yield* gather(Array.from({ length: JOBS }, () => job(semaphore)));
    },
  },
  native: {
    run: () => {
      const semaphore = new PromiseSemaphore(PERMITS);
      return Promise.all(Array.from({ length: JOBS }, () => jobNatively(semaphore)));
    },
  },
};

const HOPS = 50_000;

const tossing = coroutine(function* (mine: Event, theirs: Event): Steps<void> {
  for (let i = 0; i < HOPS; i++) {
    yield* mine.wait();
    mine.clear();
    theirs.set();
  }
});

async function tossingNatively(mine: PromiseLatch, theirs: PromiseLatch): Promise<void> {
  for (let i = 0; i < HOPS; i++) {
    await mine.wait();
    mine.clear();
    theirs.set();
  }
}

const pingPong: Case = {
  name: "event ping-pong, a hop",
  against: "a hand-written promise latch",
  n: 2 * HOPS,
  ours: {
    *run() {
      const [ping, pong] = [new Event(), new Event()];
      ping.set();
      yield* gather([tossing(ping, pong), tossing(pong, ping)]);
    },
  },
  native: {
    run: () => {
      const [ping, pong] = [new PromiseLatch(), new PromiseLatch()];
      ping.set();
      return Promise.all([tossingNatively(ping, pong), tossingNatively(pong, ping)]);
    },
  },
};

export const lockCases: readonly Case[] = [contendedLock, limitedJobs, pingPong];
