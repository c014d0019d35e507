// Debug mode: where things were made, and what takes too long. Everything here hangs on the loop's own switch, in weak
// tables beside the objects: without it nothing is recorded and no object has a field for it.
import { ENTRY_SHIFT, HEADER_BATCH_END, HEADER_RING_HEAD } from "../../assembly/codes.js";
import { RuntimeError } from "../errors/errors.js";
import { drive, IDLE, STOPPED, type Drivable, type Outcome } from "./driver.js";
import type { EventLoop } from "./eventLoop.js";
import type { Handle } from "./handle.js";
import { isProgramFrame, stackLines } from "./stackLines.js";
import { running } from "./running.js";

/** Loops in debug mode that are not closed; coroutines are watched while there is any. */
export const debugLoops = new Set<EventLoop>();

const sources = new WeakMap<object, string | undefined>();

/** Of the program's frames, so many are kept. */
const FRAMES_SHOWN = 10;

/** The frames of the program that has called, without the innermost `skipped`. */
export function callStack(skipped = 0): string {
  return stackLines().filter(isProgramFrame).slice(skipped, FRAMES_SHOWN).join("\n");
}

/** Notes where `made` is made, without the innermost `skipped` frames of the program. */
export function noteSource<T extends object>(made: T, skipped = 0): T {
  sources.set(made, callStack(skipped));
  return made;
}

/** `made` stands for something that was made before. */
export function noteSourceOf(made: object, original: object): void {
  sources.set(made, sources.get(original));
}

/** Where the object was made, if that happened in debug mode. */
export function sourceOf(made: object): string | undefined {
  return sources.get(made);
}

/** Refuses what is not thread-safe from inside another loop's step. */
export function refuseOtherLoop(loop: EventLoop): void {
  if (running.loop === null || running.loop === loop) return;
  throw new RuntimeError(
    "Non-thread-safe operation invoked on an event loop other than the current one: use callSoonThreadsafe or " +
      "runCoroutineThreadsafe",
  );
}

/** Where the handle was made, and not from inside another loop's step. */
export function noteHandle(handle: Handle, isThreadsafe: boolean): void {
  if (!isThreadsafe) refuseOtherLoop(handle._loop);
  noteSource(handle);
}

/** The driver's iterations, entry by entry, with a clock reading around each. */
export function driveInDebug(loop: EventLoop & Drivable, until: number, steps: number): Outcome {
  const core = loop._core;
  loop._steps = 0;
  for (let made = 1; ; made++) {
    if (isBatchDone(loop)) core.tick(loop._readClock());
    if (isBatchDone(loop)) return loop._stopping ? STOPPED : IDLE;
    const payload = core.payloads[core.words[core.ring + (core.words[HEADER_RING_HEAD]! & core.mask)]! >>> ENTRY_SHIFT];
    const start = loop._readClock();
    const outcome = drive(loop, -Infinity, 1, 1);
    const took = loop._now - start;
    loop._steps = made;
    if (took >= loop.slowCallbackDuration && loop._debug) warnSlow(loop, payload!, took);
    if (outcome === STOPPED || loop._now >= until || made >= steps) return outcome;
  }
}

function isBatchDone({ _core: { words } }: Drivable): boolean {
  return words[HEADER_RING_HEAD] === words[HEADER_BATCH_END];
}

function warnSlow(loop: EventLoop, payload: object, took: number): void {
  const source = sourceOf(payload);
  const text = `Executing ${String(payload)} took ${took.toFixed(1)} ms`;
  loop._host.logError(source === undefined ? text : `${text}\nmade at:\n${source}`);
}
