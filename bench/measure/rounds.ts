// Rounds of one case: every side once a round, in turns of who goes first.
//
// One loop serves all rounds, as in a program that lives long. The first rounds warm up and are not counted.
import { Bench, type FnOptions, type Task } from "tinybench";
import { getRunningLoop, run, wrapFuture, type EventLoop, type Steps } from "wasyncio";
import type { Case, ClockName, Other, Side, Stopwatch } from "../case.js";
import "../native/kept.js";
import { figure, type Figure, type Result } from "../result.js";
import { openClock } from "./clocks.js";
import { collectGarbage } from "./garbage.js";

const WARM_UP_ROUNDS = 2;
const NS_PER_MS = 1e6;

export interface Manner {
  /** How many rounds count. */
  readonly rounds: number;
  readonly clock: ClockName;
  /** Whether each sample starts without garbage. */
  readonly gc: boolean;
}

/** A result with the figures of those that took part in the same rounds. */
export interface Measured extends Result {
  readonly others: Readonly<Record<string, Figure>>;
}

export function measure(each: Case, manner: Manner, others: Readonly<Record<string, Other>>): Promise<Measured> {
  // Not `run(async () => …)`: a native function as a task starts AsyncLocalStorage, and from then on every native
  // `await` in the process costs several times as much. The comparison would flatter us.
  return run(function* () {
    return yield* wrapFuture(takeRounds(getRunningLoop(), each, manner, others));
  });
}

async function takeRounds(
  loop: EventLoop,
  each: Case,
  manner: Manner,
  others: Readonly<Record<string, Other>>,
): Promise<Measured> {
  const now = openClock(each.clock ?? manner.clock);
  const bench = new Bench({ iterations: 1, time: 0, warmup: false, throws: true, retainSamples: true, now });
  addSide(bench, "ours", asTasks(loop, each.ours), now, manner.gc);
  addSide(bench, "native", each.native, now, manner.gc);
  for (const [name, side] of Object.entries(others)) addSide(bench, name, side, now, manner.gc);
  const samples = new Map(bench.tasks.map((task) => [task, [] as number[]]));
  const operations = (task: Task): number => others[task.name]?.n ?? each.n;
  const rounds = Math.min(manner.rounds, each.maxRounds ?? Infinity);
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const task of inTurn(bench.tasks, round)) {
      const sample = await takeSample(task);
      if (round >= 0) samples.get(task)!.push((sample * NS_PER_MS) / operations(task));
    }
  }
  const figures = Object.fromEntries([...samples].map(([task, values]) => [task.name, figure(values)]));
  const { ours, native, ...rest } = figures as Record<string, Figure> & Pick<Result, "ours" | "native">;
  return { name: each.name, against: each.against, unit: "ns", ours, native, others: rest };
}

/** Each part of our side runs as a task of the one loop. */
function asTasks(loop: EventLoop, side: Side<Steps<unknown>>): Side<Promise<unknown>> {
  const { prepare, run: body, cleanup } = side;
  const asTask = (steps: Steps<unknown>): Promise<unknown> => loop.createTask(steps).then();
  return {
    run: (watch) => asTask(body(watch)),
    ...(prepare && { prepare: () => asTask(prepare()) }),
    ...(cleanup && { cleanup: () => asTask(cleanup()) }),
  };
}

class RoundWatch implements Stopwatch {
  total: number | undefined;
  private startedAt: number;
  private readonly now: () => number;

  constructor(now: () => number) {
    this.total = undefined;
    this.startedAt = 0;
    this.now = now;
  }

  start(): void {
    this.startedAt = this.now();
  }

  stop(): void {
    this.add(this.now() - this.startedAt);
  }

  add(milliseconds: number): void {
    this.total = (this.total ?? 0) + milliseconds;
  }
}

function addSide(bench: Bench, name: string, side: Side<unknown>, now: () => number, gc: boolean): void {
  const options: FnOptions = {
    async: true,
    beforeEach: async () => {
      await side.prepare?.();
      if (gc) collectGarbage();
    },
    afterEach: async () => {
      await side.cleanup?.();
    },
  };
  const body = async (): Promise<{ overriddenDuration: number } | undefined> => {
    const watch = new RoundWatch(now);
    await side.run(watch);
    return watch.total === undefined ? undefined : { overriddenDuration: watch.total };
  };
  bench.add(name, body, options);
}

/** Another one goes first in every round. */
function inTurn(tasks: readonly Task[], round: number): Task[] {
  const first = Math.abs(round) % tasks.length;
  return [...tasks.slice(first), ...tasks.slice(0, first)];
}

async function takeSample(task: Task): Promise<number> {
  task.reset(false);
  await task.run();
  const { result } = task;
  if (result.state !== "completed") throw new Error(`${task.name} ended ${result.state}`);
  return result.latency.samples![0];
}
