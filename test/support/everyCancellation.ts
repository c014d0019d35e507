// Runs a small program once to count its steps, then again for each of its tasks and each step, with that task cancelled
// right there. Nothing is sampled.
//
// A step ends wherever a task of the program suspends or ends. A task may also call `point()` in the middle of one:
// there a task can cancel itself before it suspends, which takes another way through the library.
import assert from "node:assert/strict";
import { gather, getRunningLoop, isCancelled, Task, type Steps, type TaskFactory } from "../../bindings/index.js";
import { onLoop } from "./onLoop.js";

export interface Scenario<World> {
  make(): World;
  /** By name, in the order of their creation. */
  readonly tasks: Readonly<Record<string, (world: World, point: () => void) => Steps<unknown>>>;
  /** Nothing moves any more. Checks what must hold then, and lets the tasks that wait rightly come to their end. */
  settle?(world: World): Steps<void> | void;
  /** Every task has ended. */
  check(world: World): Steps<void> | void;
  /** Errors other than a cancellation that a task may end with. */
  readonly expected?: readonly (abstract new (...args: never[]) => Error)[];
}

interface Cancellation {
  readonly name: string;
  readonly step: number;
}

/** More iterations than any of the programs takes until nothing moves. */
const QUIET = 40;

class Play<World> {
  steps = 0;
  private readonly scenario: Scenario<World>;
  private readonly cancellations: readonly Cancellation[];
  private readonly tasks = new Map<string, Task<unknown>>();

  constructor(scenario: Scenario<World>, cancellations: readonly Cancellation[]) {
    this.scenario = scenario;
    this.cancellations = cancellations;
  }

  *run(): Steps<void> {
    const { scenario } = this;
    const world = scenario.make();
    const point = (): void => this.advance();
    getRunningLoop().setTaskFactory(countingFactory(point));
    for (const [name, body] of Object.entries(scenario.tasks)) {
      this.tasks.set(
        name,
        getRunningLoop().createTask(() => body(world, point), { name }),
      );
    }
    getRunningLoop().setTaskFactory(null);
    this.advance();
    for (let i = 0; i < QUIET; i++) yield;
    const count = this.steps;
    yield* scenario.settle?.(world) ?? [];
    for (const outcome of yield* gather(this.tasks.values(), { returnExceptions: true })) this.checkOutcome(outcome);
    yield* scenario.check(world) ?? [];
    this.steps = count;
  }

  private advance(): void {
    this.steps++;
    for (const { name, step } of this.cancellations) {
      if (step === this.steps) this.tasks.get(name)!.cancel(`at step ${step}`);
    }
  }

  private checkOutcome(outcome: unknown): void {
    if (!(outcome instanceof Error) || (isCancelled(outcome) && this.cancellations.length > 0)) return;
    if (this.scenario.expected?.some((expected) => outcome instanceof expected) !== true) throw outcome;
  }
}

/** Makes tasks that tell when a step of theirs has ended. */
function countingFactory(onStep: () => void): TaskFactory {
  class CountingTask<T> extends Task<T> {
    override _step(): void {
      super._step();
      onStep();
    }
  }
  return (loop, coro, options) => new CountingTask(coro, { ...options, loop });
}

function play<World>(scenario: Scenario<World>, cancellations: readonly Cancellation[]): number {
  const program = new Play(scenario, cancellations);
  try {
    onLoop(() => program.run());
  } catch (cause) {
    const what = cancellations.map(({ name, step }) => `'${name}' at step ${step}`).join(" and ");
    throw new Error(`cancelling ${what || "nobody"}: ${String(cause)}`, { cause });
  }
  return program.steps;
}

/** Throws at the first program in which something that the scenario checks does not hold. */
export function cancelEverywhere<World>(scenario: Scenario<World>): void {
  for (const first of everyCancellation(scenario, 1, play(scenario, []))) play(scenario, [first]);
}

/** The same with a second cancellation, of the same or another task, at each step from the first one on. */
export function cancelTwiceEverywhere<World>(scenario: Scenario<World>): void {
  for (const first of everyCancellation(scenario, 1, play(scenario, []))) {
    const steps = play(scenario, [first]);
    for (const second of everyCancellation(scenario, first.step, steps)) play(scenario, [first, second]);
  }
}

function* everyCancellation<World>(scenario: Scenario<World>, from: number, to: number): Generator<Cancellation> {
  assert.ok(to >= from, "the program has no steps to cancel at");
  for (let step = from; step <= to; step++) for (const name of Object.keys(scenario.tasks)) yield { name, step };
}
