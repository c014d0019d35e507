// One question of the benchmark: the same work by this package and by what the host offers.
import type { Steps } from "wasyncio";

export interface Side<R> {
  /** Before the clock starts. */
  readonly prepare?: () => R;
  readonly run: () => R;
  /** After the clock has stopped. */
  readonly cleanup?: () => R;
}

export interface Case {
  readonly name: string;
  /** What the native side is. */
  readonly against: string;
  /** Operations in one sample; figures are given for one operation. */
  readonly n: number;
  /** The clock to measure with, where it is part of the question. */
  readonly clock?: "wall" | "cpu";
  /** Each part is the body of a task. */
  readonly ours: Side<Steps<unknown>>;
  readonly native: Side<unknown>;
}

/** Another library's side; the slow ones do fewer operations a sample. */
export interface Other extends Side<unknown> {
  readonly n: number;
}
