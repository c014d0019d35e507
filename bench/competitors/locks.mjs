// Libraries for one thing each: a lock, a limit.
import { Mutex } from "async-mutex";
import pLimit from "p-limit";
import PQueue from "p-queue";

const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));

async function locking(mutex, turns) {
  for (let i = 0; i < turns; i++) {
    const release = await mutex.acquire();
    await null;
    release();
  }
}

async function job() {
  await null;
}

export const asyncMutex = {
  "contended lock, 100 tasks": {
    n: 100 * 50,
    run: () => {
      const mutex = new Mutex();
      return Promise.all(times(100, () => locking(mutex, 50)));
    },
  },
};

export const limit = {
  "20,000 jobs, ten at a time": {
    n: 20_000,
    run: () => {
      const limited = pLimit(10);
      return Promise.all(times(20_000, () => limited(job)));
    },
  },
};

export const queue = {
  "20,000 jobs, ten at a time": {
    n: 20_000,
    run: () => new PQueue({ concurrency: 10 }).addAll(times(20_000, () => job)),
  },
};
