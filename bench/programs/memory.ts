// How many bytes does one of a hundred thousand take that wait? `memory.js KIND heap|all`; `all` counts linear memory.
import { coroutine, createTask, getRunningLoop, run, type Future, type Steps, type TimerHandle } from "wasyncio";
import { collectGarbage } from "../measure/rounds.js";

const MANY = 100_000;

const [kind, metric] = process.argv.slice(2) as [string, "heap" | "all"];

function bytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return metric === "heap" ? heapUsed : heapUsed + external;
}

function report(before: number): void {
  console.log(Math.round((bytes() - before) / MANY));
}

const waiting = coroutine(function* (future: Future<void>): Steps<void> {
  yield* future;
});

async function waitingNatively(promise: Promise<void>): Promise<void> {
  await promise;
}

function nothing(): void {}

function* tasks(): Steps<void> {
  const loop = getRunningLoop();
  const futures = new Array<Future<void>>(MANY);
  const before = bytes();
  for (let i = 0; i < MANY; i++) createTask(waiting((futures[i] = loop.createFuture<void>())));
  yield;
  report(before);
  for (const future of futures) future.setResult();
}

function promises(): void {
  const resolvers = new Array<() => void>(MANY);
  const before = bytes();
  for (let i = 0; i < MANY; i++) void waitingNatively(new Promise<void>((resolve) => (resolvers[i] = resolve)));
  report(before);
  for (const resolve of resolvers) resolve();
}

function* timers(): Steps<void> {
  const loop = getRunningLoop();
  const handles = new Array<TimerHandle>(MANY);
  const before = bytes();
  for (let i = 0; i < MANY; i++) handles[i] = loop.callLater(60_000, nothing);
  report(before);
  for (const handle of handles) handle.cancel();
}

function timeouts(): void {
  const handles = new Array<ReturnType<typeof setTimeout>>(MANY);
  const before = bytes();
  for (let i = 0; i < MANY; i++) handles[i] = setTimeout(nothing, 60_000);
  report(before);
  for (const handle of handles) clearTimeout(handle);
}

const kinds: Record<string, () => unknown> = { tasks: () => run(tasks), promises, timers: () => run(timers), timeouts };
await kinds[kind]!();
