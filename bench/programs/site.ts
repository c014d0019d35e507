// The web that the crawlers visit: the same pages, latencies and failures in every run, and no network.

export const PAGES = 20_000;
export const WORKERS = 300;
export const FRONTIER = 100;
export const HOSTS = 50;
export const PER_HOST = 8;
/** How long a crawler waits for a page. */
export const PATIENCE_MS = 200;
/** Two mirrors have these; the slower answer is not wanted any more. */
export const IMAGES_EVERY = 10;

const HUNG_MS = 60_000;

export function hostOf(page: number): number {
  return (page * 31 + Math.floor(page / HOSTS)) % HOSTS;
}

/** One page in fifty hangs when it is asked for the first time. */
export function latencyOf(page: number, attempt: number): number {
  if (page % 50 === 7 && attempt === 0) return HUNG_MS;
  return 1 + ((page * 7919 + attempt * 104_729) % 20);
}

export function mirrorLatency(page: number, mirror: number): number {
  return mirror === page % 2 ? 1 + (page % 10) : 500;
}

/** One page in forty answers with an error when it is asked for the first time. */
export function isRefused(page: number, attempt: number): boolean {
  return page % 40 === 3 && attempt === 0;
}

export class Refused extends Error {}

/** What was done, so that both crawlers can be held to the same work. */
export class Tally {
  pages = 0;
  hung = 0;
  refused = 0;
  images = 0;
  stopped = 0;

  /** On a machine that stalls, pages hang that need not; they are asked for again like the others. */
  check(): void {
    const expected = [PAGES, PAGES / IMAGES_EVERY, WORKERS];
    const found = [this.pages, this.images, this.stopped];
    const failures = this.hung + this.refused;
    if (String(found) !== String(expected) || failures < PAGES / 50 + PAGES / 40) {
      throw new Error(`crawled ${String(found)} with ${failures} failures, expected ${String(expected)}`);
    }
  }
}

/** Processor time of the whole process up to now, start-up included. */
export function printProcessorTime(): void {
  const { user, system } = process.cpuUsage();
  console.log((user + system) / 1000);
}
