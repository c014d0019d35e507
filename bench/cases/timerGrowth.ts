// How the cost of a timer grows with the number of those that are pending: to set one, to cancel one, to have it expire.
import { getRunningLoop, type Future, type Steps, type TimerHandle } from "wasyncio";
import type { Case, Stopwatch } from "../case.js";

const COUNTS = [1_000, 10_000, 100_000, 1_000_000];
/** Few timers are set again and again until there were as many. */
const IN_A_SAMPLE = 100_000;
/** A sample of a million takes more than a second. */
const MOST = 1_000_000;
const ROUNDS_OF_MOST = 5;

/** Deadlines lie in no order, over about the time that it takes to set so many. */
const SPREAD_MS_EACH = 0.0003;
/** Host timers may be late by their resolution. */
const MARGIN_MS = 2;

/** None of these is due while the case runs. */
function farAway(i: number): number {
  return 60_000 + 1000 * (i % 10);
}

function soon(i: number, count: number): number {
  return 1 + SPREAD_MS_EACH * ((i * 7919) % count);
}

function spinUntil(time: number): void {
  while (performance.now() < time);
}

function nothing(): void {}

let toFire = 0;
let allFired: () => void = nothing;

function fire(): void {
  if (--toFire === 0) allFired();
}

type Part = "set" | "cancelled" | "expired";

function* setAndCancel(watch: Stopwatch, count: number, part: Part): Steps<void> {
  const loop = getRunningLoop();
  const pending = new Array<TimerHandle>(count);
  if (part === "set") watch.start();
  for (let i = 0; i < count; i++) pending[i] = loop.callLater(farAway(i), nothing);
  if (part === "set") watch.stop();
  else watch.start();
  for (const timer of pending) timer.cancel();
  if (part === "cancelled") watch.stop();
}

function setAndCancelNatively(watch: Stopwatch, count: number, part: Part): void {
  const pending = new Array<ReturnType<typeof setTimeout>>(count);
  if (part === "set") watch.start();
  for (let i = 0; i < count; i++) pending[i] = setTimeout(nothing, farAway(i));
  if (part === "set") watch.stop();
  else watch.start();
  for (const timer of pending) clearTimeout(timer);
  if (part === "cancelled") watch.stop();
}

function* expire(watch: Stopwatch, count: number): Steps<void> {
  const loop = getRunningLoop();
  const fired: Future<void> = loop.createFuture<void>();
  toFire = count;
  allFired = () => fired.setResult();
  for (let i = 0; i < count; i++) loop.callLater(soon(i, count), fire);
  spinUntil(performance.now() + soon(count - 1, count) + SPREAD_MS_EACH * count + MARGIN_MS);
  watch.start();
  yield* fired;
  watch.stop();
}

async function expireNatively(watch: Stopwatch, count: number): Promise<void> {
  toFire = count;
  const fired = new Promise<void>((resolve) => (allFired = resolve));
  for (let i = 0; i < count; i++) setTimeout(fire, soon(i, count));
  spinUntil(performance.now() + soon(count - 1, count) + SPREAD_MS_EACH * count + MARGIN_MS);
  watch.start();
  await fired;
  watch.stop();
}

function growth(part: Part, count: number): Case {
  const n = Math.max(count, IN_A_SAMPLE);
  return {
    name: `timers ${part}, ${count.toLocaleString("en")} pending`,
    against: part === "set" ? "setTimeout" : part === "cancelled" ? "clearTimeout" : "setTimeout",
    n,
    ...(count === MOST && { maxRounds: ROUNDS_OF_MOST }),
    ours: {
      *run(watch) {
        for (let done = 0; done < n; done += count) {
          yield* part === "expired" ? expire(watch, count) : setAndCancel(watch, count, part);
        }
      },
    },
    native: {
      run: async (watch) => {
        for (let done = 0; done < n; done += count) {
          if (part === "expired") await expireNatively(watch, count);
          else setAndCancelNatively(watch, count, part);
        }
      },
    },
  };
}

const PARTS: readonly Part[] = ["set", "cancelled", "expired"];

export const timerGrowthCases: readonly Case[] = PARTS.flatMap((part) => COUNTS.map((count) => growth(part, count)));
