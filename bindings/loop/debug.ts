// Debug mode: where things were made, and what takes too long. Everything here hangs on the loop's own switch, in weak
// tables beside the objects: without it nothing is recorded and no object has a field for it.
import { HEADER_BATCH_END, HEADER_RING_HEAD, ENTRY_SHIFT, ENTRY_TASK } from "../../assembly/codes.js";
import { RuntimeError } from "../errors/errors.js";
import type { Payload } from "../wasm/core.js";
import { IDLE, SLICE_USED, STOPPED, type Drivable, type Outcome, type Steppable } from "./driver.js";
import type { EventLoop } from "./eventLoop.js";
import { running } from "./running.js";

/** Loops in debug mode that are not closed; coroutines are watched while there is any. */
export const debugLoops = new Set<EventLoop>();

const sources = new WeakMap<object, string>();

/** Frames that are looked at, and those that are left of them without the library's own. */
const FRAMES_SEEN = 60;
const FRAMES_SHOWN = 10;

/** Calls `read` while the engine tells more frames than usual. */
export function withDeepStacks<T>(read: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES_SEEN;
  try {
    return read();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** A line of a stack that is a frame. */
export const FRAME = /^\s*at |@/;

/** The frames of the caller's caller, without the library's own. */
export function callStack(): string {
  const stack = withDeepStacks(() => new Error().stack ?? "");
  const lines = stack.split("\n").filter((line) => FRAME.test(line) && !isOwnFrame(line));
  return lines.slice(0, FRAMES_SHOWN).join("\n");
}

/**
 * The package's folder as stack traces spell it, read from one: source maps may put it elsewhere than import.meta.url
 * says. In a bundle the package has no files of its own, and no folder.
 */
const OWN_FRAME = /(?:^\s*at |[(@])((?:\w+:|\/).*[\\/])loop[\\/]debug\.[jt]s:\d/m;
const ownFolder = OWN_FRAME.exec(new Error().stack ?? "")?.[1];

/** A line of a stack trace that lies in this package. */
export function isOwnFrame(line: string): boolean {
  return ownFolder !== undefined && line.includes(ownFolder);
}

/** Notes where `made` is made, without the innermost `skipped` frames of the program. */
export function noteSource<T extends object>(made: T, skipped = 0): T {
  sources.set(made, callStack().split("\n").slice(skipped).join("\n"));
  return made;
}

/** `made` stands for something that was made before. */
export function noteSourceOf(made: object, original: object): void {
  const source = sources.get(original);
  if (source !== undefined) sources.set(made, source);
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

/** The same iterations as the plain driver, entry by entry, with a clock reading around each. */
export function driveInDebug(loop: EventLoop & Drivable, until: number, steps: number): Outcome {
  const core = loop._core;
  loop._steps = 0;
  for (;;) {
    if (core.words[HEADER_RING_HEAD] === core.words[HEADER_BATCH_END]) core.tick(loop._readClock());
    if (core.words[HEADER_RING_HEAD] === core.words[HEADER_BATCH_END]) return loop._stopping ? STOPPED : IDLE;
    while (core.words[HEADER_RING_HEAD] !== core.words[HEADER_BATCH_END]) {
      runTimed(loop);
      if (++loop._steps >= steps || loop._now >= until) {
        const batchEnds = core.words[HEADER_RING_HEAD] === core.words[HEADER_BATCH_END];
        return batchEnds && loop._stopping ? STOPPED : SLICE_USED;
      }
    }
    if (loop._stopping) return STOPPED;
  }
}

function runTimed(loop: EventLoop & Drivable): void {
  const core = loop._core;
  const head = core.words[HEADER_RING_HEAD]!;
  const entry = core.words[core.ring + (head & core.mask)]!;
  core.words[HEADER_RING_HEAD] = head + 1;
  const payload = core.payloads[entry >>> ENTRY_SHIFT]!;
  const start = loop._readClock();
  if ((entry & ENTRY_TASK) !== 0) (payload as Steppable)._step();
  else payload._run();
  const took = loop._readClock() - start;
  if (took >= loop.slowCallbackDuration && loop._debug) warnSlow(loop, payload, took);
}

function warnSlow(loop: EventLoop, payload: Payload, took: number): void {
  const source = sourceOf(payload);
  const place = source === undefined ? "" : `\nmade at:\n${source}`;
  loop._host.logError(`Executing ${String(payload)} took ${took.toFixed(1)} ms${place}`);
}
