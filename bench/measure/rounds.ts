// Rounds of one case: every side once a round, in turns of who goes first, each after a forced garbage collection.
//
// One loop serves all rounds, as in a program that lives long. The first rounds warm up and are not counted.
import { Bench, type FnOptions, type Task } from "tinybench";
import { getRunningLoop, run, wrapFuture, type EventLoop, type Steps } from "wasyncio";
import type { Case, Other, Side } from "../case.js";
import { figure, type Figure, type Result } from "../result.js";

const WARM_UP_ROUNDS = 2;
const NS_PER_MS = 1e6;

export interface Manner {
  /** How many rounds count. */
  readonly rounds: number;
  /** What a sample is: time passed, or time that this process's threads were running. */
  readonly clock: "wall" | "cpu";
  /** Whether each sample starts without garbage. */
  readonly gc: boolean;
}

/** A machine that is shared with others lets a process wait; its threads' own time shows less of that. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function measure(each: Case, manner: Manner, others: Readonly<Record<string, Other>>): Promise<Result> {
  // Not `run(async () => …)`: a native function as a task starts AsyncLocalStorage, and from then on every native
  // `await` in the process costs several times as much. The comparison would flatter us.
  return run(function* () {
    return yield* wrapFuture(takeRounds(getRunningLoop(), each, manner, others));
  });
}

async function takeRounds(
  loop: EventLoop,
  each: Case,
  { rounds, clock, gc }: Manner,
  others: Readonly<Record<string, Other>>,
): Promise<Result> {
  const now = (each.clock ?? clock) === "cpu" ? cpuTime : (): number => performance.now();
  const bench = new Bench({ iterations: 1, time: 0, warmup: false, throws: true, retainSamples: true, now });
  addSide(bench, "ours", asTasks(loop, each.ours), gc);
  addSide(bench, "native", each.native, gc);
  for (const [name, side] of Object.entries(others)) addSide(bench, name, side, gc);
  const samples = new Map(bench.tasks.map((task) => [task, [] as number[]]));
  const operations = (task: Task): number => others[task.name]?.n ?? each.n;
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
  const asTask = (part: () => Steps<unknown>) => (): Promise<unknown> => loop.createTask(part()).then();
  return {
    run: asTask(side.run),
    ...(side.prepare && { prepare: asTask(side.prepare) }),
    ...(side.cleanup && { cleanup: asTask(side.cleanup) }),
  };
}

function addSide(bench: Bench, name: string, side: Side<unknown>, gc: boolean): void {
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
  bench.add(name, async () => void (await side.run()), options);
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

export function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error("run this with node --expose-gc: samples start without garbage");
  globalThis.gc();
}
