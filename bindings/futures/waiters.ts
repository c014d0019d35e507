// Who waits for a Future: entries of the ready ring, kept in the core under the Future's slot.
//
// The path of one waiter in and out is done in place, on the words of assembly/README.md; two and more are the core's
// work. An *observer* is told in the very moment of settling, before anything is scheduled: gather uses it, so that
// thousands of children that merely lower a counter take no turn of the ring. Observers are ours, never user code.
import {
  ENTRY_OBSERVER,
  ENTRY_SHIFT,
  ENTRY_TAG_MASK,
  KIND_FUTURE,
  META_KIND_MASK,
  META_OBSERVED,
  SLOT_HEAD,
  SLOT_LINK,
  SLOT_SHIFT,
} from "../../assembly/codes.js";
import type { Core, Payload } from "../wasm/core.js";
import type { Future } from "./future.js";

export interface Observer extends Payload {
  /** @internal `future` has just settled; may make itself ready to run. */
  _observe(future: Future<unknown>): void;
  /** @internal On whose behalf it observes: the task itself, or a Future that others await; `null` when that is over. */
  readonly outer: Future<unknown> | null;
}

/** A slot's kind and whether it is observed. */
const META_MASK = META_KIND_MASK | META_OBSERVED;

export function addWaiter(future: Future<unknown>, waiter: number): void {
  const core = future._loop._core;
  if (future._slot === 0) {
    future._openSlot(waiter);
  } else {
    const at = core.slots + (future._slot << SLOT_SHIFT) + SLOT_LINK;
    if (core.words[at] !== 0) {
      core.wait(future._slot, waiter);
      return;
    }
    core.words[at] = waiter;
  }
  if ((waiter & ENTRY_TAG_MASK) === ENTRY_OBSERVER) {
    const meta = core.slots + (future._slot << SLOT_SHIFT);
    core.words[meta] = core.words[meta]! | META_OBSERVED;
  }
}

/** Takes back each occurrence of `waiter`; how many there were. */
export function removeWaiter(future: Future<unknown>, waiter: number): number {
  const slot = future._slot;
  if (slot === 0) return 0;
  const core = future._loop._core;
  const removed = core.unwait(slot, waiter);
  const at = core.slots + (slot << SLOT_SHIFT);
  // A Future that nobody waits for costs the core nothing: it may be dropped without ever settling.
  if (core.words[at + SLOT_LINK] === 0 && (core.words[at]! & META_KIND_MASK) === KIND_FUTURE) {
    core.release(slot);
    future._slot = 0;
  }
  return removed;
}

/** A Future has settled: makes its waiters ready, in order, and gives its slot back. */
export function releaseWaiters(future: Future<unknown>): void {
  const slot = future._slot;
  future._slot = 0;
  const loop = future._loop;
  const core = loop._core;
  const words = core.words;
  const at = core.slots + (slot << SLOT_SHIFT);
  const meta = words[at]!;
  if (words[at + SLOT_HEAD] === 0) {
    // None is left when it has been taken back.
    const waiter = words[at + SLOT_LINK]!;
    if (waiter !== 0) deliver(future, core, waiter);
    if ((meta & META_MASK) === KIND_FUTURE) core.closeFuture(slot);
    else core.release(slot);
  } else if ((meta & META_OBSERVED) !== 0) {
    for (const waiter of listWaiters(core, slot)) deliver(future, core, waiter);
    core.close(slot);
  } else {
    core.settle(slot);
  }
  if (loop._asleep) loop._rouse();
}

function deliver(future: Future<unknown>, core: Core, waiter: number): void {
  if ((waiter & ENTRY_TAG_MASK) === ENTRY_OBSERVER) {
    // A loop that was closed meanwhile has forgotten its observers.
    (core.payloads[waiter >>> ENTRY_SHIFT] as Observer | undefined)?._observe(future);
  } else {
    core.push(waiter);
  }
}

/** Whether anything waits for a pending future. */
export function hasWaiter({ _slot: slot, _loop: { _core: core } }: Future<unknown>): boolean {
  return slot !== 0 && core.words[core.slots + (slot << SLOT_SHIFT) + SLOT_LINK] !== 0;
}

/** Whether the observer with that entry waits for a future. */
export function isObservedBy({ _slot: slot, _loop: { _core: core } }: Future<unknown>, observer: number): boolean {
  if (slot === 0 || (core.words[core.slots + (slot << SLOT_SHIFT)]! & META_OBSERVED) === 0) return false;
  return listWaiters(core, slot).includes(observer);
}

/** The waiters of a slot, first come first. */
export function listWaiters(core: Core, slot: number): number[] {
  const at = core.slots + (slot << SLOT_SHIFT);
  const first = core.words[at + SLOT_LINK]!;
  const waiters = first === 0 ? [] : [first];
  let node = core.words[at + SLOT_HEAD]!;
  while (node !== 0) {
    const nodeAt = core.slots + (node << SLOT_SHIFT);
    waiters.push(core.words[nodeAt + SLOT_HEAD]!);
    node = core.words[nodeAt + SLOT_LINK]!;
  }
  return waiters;
}
