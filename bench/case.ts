// One question of the benchmark: the same work by this package and by what the host offers.
import type { Steps } from "wasyncio";

/** For a sample of which only parts count. Unused, all of `run` counts. */
export interface Stopwatch {
  start(): void;
  stop(): void;
  /** Time that was taken elsewhere, in milliseconds. */
  add(milliseconds: number): void;
}

export interface Side<R> {
  /** Before the clock starts. */
  readonly prepare?: () => R;
  readonly run: (watch: Stopwatch) => R;
  /** After the clock has stopped. */
  readonly cleanup?: () => R;
}

/** `cpu`: time that the threads of the process were running, the collector's too; `thread`: only the one that measures. */
export type ClockName = "wall" | "cpu" | "thread";

export interface Case {
  readonly name: string;
  /** What the native side is. */
  readonly against: string;
  /** Operations in one sample; figures are given for one operation. */
  readonly n: number;
  /** The clock to measure with, where it is part of the question. */
  readonly clock?: ClockName;
  /** Where a sample takes seconds: fewer rounds. */
  readonly maxRounds?: number;
  /** Each part is the body of a task. */
  readonly ours: Side<Steps<unknown>>;
  readonly native: Side<unknown>;
}

/** Another library's side; the slow ones do fewer operations a sample. */
export interface Other extends Side<unknown> {
  readonly n: number;
}
