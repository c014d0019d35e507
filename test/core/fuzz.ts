// Random operations on a core and on its models, structure by structure and all together. A run is a row of episodes;
// each begins with a fresh core, and its seed alone repeats it.
import type { Build } from "../support/rawCore.js";
import { seeded, type Random } from "../support/seed.js";
import { compareAll } from "./operations/compare.js";
import { drain } from "./operations/drain.js";
import {
  addWaiter,
  endFuture,
  endTask,
  openFuture,
  removeWaiter,
  repeatWaiter,
} from "./operations/futureOperations.js";
import { beginIteration, openCallback, openTask, popEntry, pushIdle } from "./operations/ringOperations.js";
import { freeIdle, refuseIdle, refuseStale, takeIdle } from "./operations/slotOperations.js";
import { advance, cancelTimer, lookAtDeadline, openTimer } from "./operations/timerOperations.js";
import { World, type Operation } from "./operations/world.js";

interface Operations {
  readonly growing: readonly Operation[];
  readonly shrinking: readonly Operation[];
  readonly neutral: readonly Operation[];
}

const SLOTS: Operations = { growing: [takeIdle], shrinking: [freeIdle], neutral: [refuseStale, refuseIdle] };
const RING: Operations = {
  growing: [openCallback, openTask, takeIdle],
  shrinking: [popEntry, freeIdle],
  neutral: [pushIdle, beginIteration],
};
const TIMERS: Operations = {
  growing: [openTimer],
  shrinking: [cancelTimer, popEntry, freeIdle],
  neutral: [advance, lookAtDeadline, refuseStale],
};
const FUTURES: Operations = {
  growing: [openFuture, openFuture, addWaiter, addWaiter, openTask],
  shrinking: [endFuture, endFuture, endTask, removeWaiter, popEntry, popEntry, freeIdle],
  neutral: [repeatWaiter, pushIdle, beginIteration, refuseStale],
};
const STRUCTURES = {
  slots: [SLOTS],
  ring: [RING],
  timers: [TIMERS],
  futures: [FUTURES],
  mixed: [SLOTS, RING, TIMERS, FUTURES],
};
export type Structure = keyof typeof STRUCTURES;
export const STRUCTURE_NAMES = Object.keys(STRUCTURES) as Structure[];

export interface FuzzRun {
  readonly structure: Structure;
  readonly build: Build;
  readonly seed: number;
  readonly operations: number;
}

/** Long enough for a slot table to grow twice, short enough to replay at once. */
const EPISODE = 20_000;
const PHASE = 2000;
const COMPARE_EVERY = 1000;
const MAX_LIVE = 7000;

/** How likely the next operations are to grow; it changes from phase to phase, so that sizes wander. */
function nextBias(world: World): number {
  return world.slots.live.size > MAX_LIVE ? 0.25 : 0.35 + world.random.below(55) / 100;
}

function changeLimit(world: World): void {
  if (world.isLimited()) world.liftLimit();
  else world.limitMemory(world.core.pages() + world.random.below(2));
}

function operate(world: World, parts: readonly Operations[], bias: number): void {
  const { random } = world;
  for (;;) {
    const { growing, shrinking, neutral } = random.pick(parts);
    const choice = random.chance(0.2) ? neutral : random.chance(bias) ? growing : shrinking;
    if (random.pick(choice)(world)) return;
  }
}

function runEpisode(run: FuzzRun, random: Random, done: () => void): void {
  const world = new World(run.build, random);
  let bias = 0.75;
  for (let i = 1; i <= run.operations; i++) {
    const refusals = world.refusals;
    operate(world, STRUCTURES[run.structure], bias);
    if (i % COMPARE_EVERY === 0) compareAll(world);
    if (world.refusals !== refusals && random.chance(0.1)) bias = 0.25;
    if (i % PHASE === 0) {
      bias = nextBias(world);
      if (random.chance(0.3)) changeLimit(world);
    }
    done();
  }
  compareAll(world);
  drain(world);
}

function replayCommand({ structure, build, seed, operations }: FuzzRun): string {
  const options = `--structure ${structure} --core ${build} --seed ${seed} --operations ${operations}`;
  return `node dist/test/core/fuzzMain.js ${options}`;
}

/** Episode n of a run has the run's seed + n. Throws on the first difference, with the command that repeats it. */
export function fuzz(run: FuzzRun): void {
  for (let start = 0; start < run.operations; start += EPISODE) {
    const seed = run.seed + start / EPISODE;
    const episode = { ...run, seed, operations: Math.min(EPISODE, run.operations - start) };
    let performed = 0;
    // The failing operation is not counted yet; a failure of the last comparison is met again with all of them.
    const replay = () => replayCommand({ ...episode, operations: Math.min(performed + 1, episode.operations) });
    seeded(seed, replay, (random) => runEpisode(episode, random, () => performed++));
  }
}
