// How many bytes does one of many take that wait? `memory.js KIND COUNT` prints them as an object by where they are.
import { coroutine, createTask, getRunningLoop, run, sleep, type Future, type Steps, type TimerHandle } from "wasyncio";
import { collectGarbage } from "../measure/garbage.js";

const kind = process.argv[2]!;
const count = Number(process.argv[3]);

/** Keeps alive what the program would keep. */
export let held: unknown;

/** Far enough away that it does not come. */
const LONG = 3_600_000;

interface Bytes {
  readonly heap: number;
  /** With linear memory and other buffers. */
  readonly external: number;
  readonly rss: number;
}

/** Twice: what the first collection finalizes, the second frees. */
function bytes(): Bytes {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed, external: heapUsed + external, rss };
}

function report(before: Bytes): void {
  const after = bytes();
  const each = (of: keyof Bytes): number => Math.round((after[of] - before[of]) / count);
  console.log(JSON.stringify({ heap: each("heap"), external: each("external"), rss: each("rss") }));
}

const waiting = coroutine(function* (future: Future<void>): Steps<void> {
  yield* future;
});

async function waitingNatively(promise: Promise<void>): Promise<void> {
  await promise;
}

const sleeping = coroutine(function* (): Steps<void> {
  yield* sleep(LONG);
});

async function sleepingNatively(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, LONG));
}

function nothing(): void {}

function* tasks(): Steps<void> {
  const loop = getRunningLoop();
  const futures = new Array<Future<void>>(count);
  held = futures;
  const before = bytes();
  for (let i = 0; i < count; i++) createTask(waiting((futures[i] = loop.createFuture<void>())));
  yield;
  report(before);
  process.exit();
}

function promises(): void {
  const resolvers = new Array<() => void>(count);
  held = resolvers;
  const before = bytes();
  for (let i = 0; i < count; i++) void waitingNatively(new Promise<void>((resolve) => (resolvers[i] = resolve)));
  report(before);
  process.exit();
}

function* sleepers(): Steps<void> {
  const before = bytes();
  for (let i = 0; i < count; i++) createTask(sleeping());
  yield;
  report(before);
  process.exit();
}

function nativeSleepers(): void {
  const before = bytes();
  for (let i = 0; i < count; i++) void sleepingNatively();
  report(before);
  process.exit();
}

function* timers(): Steps<void> {
  const loop = getRunningLoop();
  const handles = new Array<TimerHandle>(count);
  held = handles;
  const before = bytes();
  for (let i = 0; i < count; i++) handles[i] = loop.callLater(LONG, nothing);
  report(before);
  process.exit();
}

function timeouts(): void {
  const handles = new Array<ReturnType<typeof setTimeout>>(count);
  held = handles;
  const before = bytes();
  for (let i = 0; i < count; i++) handles[i] = setTimeout(nothing, LONG);
  report(before);
  process.exit();
}

const kinds: Record<string, () => unknown> = {
  tasks: () => run(tasks),
  promises,
  sleepers: () => run(sleepers),
  nativeSleepers,
  timers: () => run(timers),
  timeouts,
};
await kinds[kind]!();
