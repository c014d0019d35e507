// A loop whose subclass schedules callbacks itself, by overriding callSoonIn (and callLaterIn, callAtIn, time).
//
// Futures and tasks still mark what is ready in the core's ring, since that is the only way they know. On such a loop
// nothing drives the ring: whatever appears in it is handed to the subclass at once, entry by entry, in order. So one
// and the same program runs under the core, under a debug loop, or under a loop on plain host timers.
import { ENTRY_SHIFT, ENTRY_TASK, HEADER_BATCH_END, HEADER_RING_TAIL } from "../../assembly/codes.js";
import { copyContext, materialize, type Context } from "../context/context.js";
import { thread, type ContextHolder } from "../context/current.js";
import type { Payload } from "../wasm/core.js";
import type { Steppable } from "./driver.js";
import type { EventLoop } from "./eventLoop.js";
import { Handle } from "./handle.js";
import { running } from "./running.js";

/** Calls `callback` as one of the loop's own: as the running loop, its error reported and not thrown. */
export function callOnLoop(loop: EventLoop, callback: () => unknown): void {
  const outer = running.loop;
  const outerTask = thread.current.task;
  running.loop = loop;
  thread.current.task = null;
  try {
    callback();
  } catch (exception) {
    loop.callExceptionHandler({ message: "Exception in callback", exception });
  } finally {
    running.loop = outer;
    thread.current.task = outerTask;
    handOver(loop);
  }
}

/**
 * Gives what has become ready to the subclass. What the subclass schedules through `super` stays: those are handles of
 * the core's own loop, which then drives them.
 */
export function handOver(loop: EventLoop): void {
  if (!loop._isForeign || handing.has(loop)) return;
  handing.add(loop);
  try {
    while (handOverNext(loop));
  } finally {
    handing.delete(loop);
  }
}

/** Loops whose subclass is being called, which may make more ready meanwhile. */
const handing = new Set<EventLoop>();

/** Up to which counter of its ring a loop's entries have been looked at. */
const seenUpTo = new WeakMap<EventLoop, number>();

function handOverNext(loop: EventLoop): boolean {
  const core = loop._core;
  const words = core.words;
  const frozen = words[HEADER_BATCH_END]!;
  const seen = seenUpTo.get(loop) ?? frozen;
  const next = ((seen - frozen) | 0) > 0 ? seen : frozen;
  const tail = words[HEADER_RING_TAIL]!;
  if (next === tail) return false;
  const entry = words[core.ring + (next & core.mask)]!;
  const payload = core.payloads[entry >>> ENTRY_SHIFT]!;
  if (payload instanceof Handle && payload._isOwn) {
    seenUpTo.set(loop, (next + 1) | 0);
    return true;
  }
  for (let i = next; i !== tail - 1; i++)
    words[core.ring + (i & core.mask)] = words[core.ring + ((i + 1) & core.mask)]!;
  words[HEADER_RING_TAIL] = tail - 1;
  const isTask = (entry & ENTRY_TASK) !== 0;
  const run = isTask ? (): void => (payload as Steppable)._step() : (): void => payload._run();
  loop.callSoonIn(contextOf(payload), run);
  return true;
}

function contextOf(payload: Payload & Partial<ContextHolder>): Context {
  return payload._context === undefined ? copyContext() : materialize(payload as ContextHolder);
}
