// The driver: the only place where user code is called.
//
// It runs whole iterations, as many as a slice allows: take the frozen batch entry by entry, then freeze the next one.
// The ring is read in place; the core is called only when the clock has been read again or a timer was set that is
// already due, since only then can a timer have become ready (a call per iteration measured 25 ns on programs with few
// tasks and any timer pending). The head is stored before each entry runs, so whatever the entry does, grow the ring or
// call the core, finds the ring as it is.
//
// Kept apart from everything that happens once per slice: inlined there, the loop was compiled anew while it ran and
// lost its speed (docs/decisions/001-driver.md).
import { ENTRY_SHIFT, ENTRY_TASK, HEADER_BATCH_END, HEADER_RING_HEAD, HEADER_RING_TAIL } from "../../assembly/codes.js";
import type { Core, Payload } from "../wasm/core.js";

/** A task, as the driver sees it. */
export interface Steppable extends Payload {
  /** @internal */
  _step(): void;
}

/** What the driver needs to know of a loop. */
export interface Drivable {
  /** @internal */
  readonly _core: Core;
  /** @internal The last reading of the clock. */
  _now: number;
  /** @internal Before the next batch: a timer was set that was due at once, the clock was read again, or stop(). */
  _tickDue: boolean;
  /** @internal */
  _stopping: boolean;
  /**
   * @internal Steps that may be made before the clock is read; those made without the driver count (tasks/inlinePass.ts).
   * 0 while the driver does not run.
   */
  _credit: number;
  /** @internal Steps that the last slice has made; while it runs, up to the last reading of the clock. */
  _steps: number;
  /** @internal Reads the clock into _now. */
  _readClock(): number;
}

export const IDLE = 0;
export const SLICE_USED = 1;
export const STOPPED = 2;
export type Outcome = typeof IDLE | typeof SLICE_USED | typeof STOPPED;

/** The clock is read at least this often, counted in entries. */
const CLOCK_CREDIT = 64;

/**
 * Runs until nothing is ready, until stop(), or until the clock passes `until` or `steps` steps were made, which is first
 * looked at after `credit` entries.
 */
export function drive(loop: Drivable, until: number, steps: number, credit = CLOCK_CREDIT): Outcome {
  loop._steps = 0;
  loop._credit = credit;
  const outcome = iterate(loop, until, steps);
  loop._steps += CLOCK_CREDIT - loop._credit;
  loop._credit = 0;
  return outcome;
}

function iterate(loop: Drivable, until: number, steps: number): Outcome {
  const core = loop._core;
  if (core.words[HEADER_RING_HEAD] === core.words[HEADER_BATCH_END]) core.tick(loop._readClock());
  else loop._readClock();
  for (;;) {
    let words = core.words;
    let head = words[HEADER_RING_HEAD]!;
    if (head === words[HEADER_BATCH_END]!) return loop._stopping ? STOPPED : IDLE;
    do {
      const entry = words[core.ring + (head & core.mask)]!;
      head = (head + 1) | 0;
      words[HEADER_RING_HEAD] = head;
      const payload = core.payloads[entry >>> ENTRY_SHIFT]!;
      if ((entry & ENTRY_TASK) !== 0) (payload as Steppable)._step();
      else payload._run();
      words = core.words;
      head = words[HEADER_RING_HEAD]!;
      if (--loop._credit <= 0) {
        loop._credit = CLOCK_CREDIT;
        loop._steps += CLOCK_CREDIT;
        if (loop._readClock() >= until || loop._steps >= steps) {
          return loop._stopping && head === words[HEADER_BATCH_END]! ? STOPPED : SLICE_USED;
        }
        loop._tickDue = true;
      }
    } while (head !== words[HEADER_BATCH_END]!);
    if (head === words[HEADER_RING_TAIL]! || loop._tickDue) {
      if (loop._stopping) return STOPPED;
      loop._tickDue = false;
      core.tick(head === words[HEADER_RING_TAIL]! ? loop._readClock() : loop._now);
    } else {
      words[HEADER_BATCH_END] = words[HEADER_RING_TAIL]!;
    }
  }
}
