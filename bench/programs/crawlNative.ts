// The same crawler as crawl.ts, on promises and AbortController.
import { PromiseQueue, PromiseSemaphore } from "../native/sync.js";
import {
  FRONTIER,
  hostOf,
  HOSTS,
  IMAGES_EVERY,
  isRefused,
  latencyOf,
  mirrorLatency,
  PAGES,
  PATIENCE_MS,
  PER_HOST,
  printProcessorTime,
  Refused,
  Tally,
  WORKERS,
} from "./site.js";

const tally = new Tally();
const hosts = Array.from({ length: HOSTS }, () => new PromiseSemaphore(PER_HOST));

class TimedOut extends Error {}

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

async function request(page: number, attempt: number, signal: AbortSignal): Promise<number> {
  await abortableSleep(latencyOf(page, attempt), signal);
  if (isRefused(page, attempt)) throw new Refused();
  return page;
}

async function withTimeout<T>(delay: number, body: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new TimedOut()), delay);
  try {
    return await body(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

async function polite(page: number, attempt: number): Promise<number> {
  const host = hosts[hostOf(page)]!;
  await host.acquire();
  try {
    return await withTimeout(PATIENCE_MS, (signal) => request(page, attempt, signal));
  } finally {
    host.release();
  }
}

async function fetchPage(page: number): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await polite(page, attempt);
    } catch (error) {
      if (error instanceof TimedOut) tally.hung++;
      else if (error instanceof Refused) tally.refused++;
      else throw error;
    }
  }
}

async function mirror(page: number, which: number, signal: AbortSignal): Promise<void> {
  await abortableSleep(mirrorLatency(page, which), signal);
}

async function fetchImages(page: number): Promise<void> {
  const controllers = [new AbortController(), new AbortController()];
  const mirrors = controllers.map(({ signal }, which) => mirror(page, which, signal));
  await Promise.race(mirrors);
  for (const controller of controllers) controller.abort();
  await Promise.allSettled(mirrors);
  tally.images++;
}

/** A consumer that waits cannot be cancelled: it is told that there is nothing more. */
const END = -1;

async function work(frontier: PromiseQueue<number>, onDone: () => void): Promise<void> {
  try {
    for (;;) {
      const page = await frontier.get();
      if (page === END) return;
      await fetchPage(page);
      if (page % IMAGES_EVERY === 0) await fetchImages(page);
      tally.pages++;
      onDone();
    }
  } finally {
    tally.stopped++;
  }
}

const frontier = new PromiseQueue<number>(FRONTIER);
let open = PAGES;
let resolveAllDone: () => void;
const allDone = new Promise<void>((resolve) => (resolveAllDone = resolve));
const workers = Array.from({ length: WORKERS }, () =>
  work(frontier, () => {
    if (--open === 0) resolveAllDone();
  }),
);
for (let page = 0; page < PAGES; page++) await frontier.put(page);
await allDone;
for (let i = 0; i < WORKERS; i++) await frontier.put(END);
await Promise.all(workers);
tally.check();
printProcessorTime();
