// A Future in words, in the manner of asyncio's repr.
import { ENTRY_CALLBACK, ENTRY_SHIFT, ENTRY_TAG_MASK } from "../../assembly/codes.js";
import { describe, textOf } from "../errors/checks.js";
import { Handle } from "../loop/handle.js";
import type { Future } from "./future.js";
import { CANCELLED, FAILED, FINISHED, STATE_MASK } from "./state.js";
import { listWaiters } from "./waiters.js";

export function describeState(flags: number): string {
  const state = flags & STATE_MASK;
  if (state === FINISHED || state === FAILED) return "finished";
  return state === CANCELLED ? "cancelled" : "pending";
}

/** ` result=…`, ` exception=…`, or nothing. */
export function describeOutcome(flags: number, value: unknown): string {
  const state = flags & STATE_MASK;
  if (state === FINISHED) return ` result=${describe(value)}`;
  return state === FAILED ? ` exception=${textOf(value)}` : "";
}

/** ` cb=[…]`: the done callbacks by name. Tasks that wait are not among them: they show what they wait for. */
export function describeCallbacks(future: Future<unknown>): string {
  if (future._slot === 0) return "";
  const core = future._loop._core;
  const names: string[] = [];
  for (const waiter of listWaiters(core, future._slot)) {
    const payload = core.payloads[waiter >>> ENTRY_SHIFT];
    const isCallback = (waiter & ENTRY_TAG_MASK) === ENTRY_CALLBACK;
    if (isCallback && payload instanceof Handle) names.push(`${payload._callback?.name || "anonymous"}()`);
  }
  return names.length === 0 ? "" : ` cb=[${names.join(", ")}]`;
}
