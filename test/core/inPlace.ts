// What the bindings do on the shared words without a call. Kept apart from them on purpose: this is the protocol as
// assembly/README.md states it, so that the core is tested against the protocol and not against one user of it.
import {
  ENTRY_OBSERVER,
  ENTRY_TAG_MASK,
  HEADER_BATCH_END,
  HEADER_RING_BASE,
  HEADER_RING_MASK,
  HEADER_RING_TAIL,
  HEADER_SLOT_FREE,
  KIND_FUTURE,
  META_GENERATION_ONE,
  META_OBSERVED,
  SLOT_HEAD,
  SLOT_LINK,
  SLOT_META,
  SLOT_TAIL,
} from "../../assembly/codes.js";
import type { RawCore } from "../support/rawCore.js";

export function pushInPlace(core: RawCore, entry: number): void {
  const tail = core.word(HEADER_RING_TAIL);
  core.setWord(core.word(HEADER_RING_BASE) + (tail & core.word(HEADER_RING_MASK)), entry);
  core.setWord(HEADER_RING_TAIL, tail + 1);
}

/** An iteration without a look at the timers; right only while none is due. */
export function freezeInPlace(core: RawCore): void {
  core.setWord(HEADER_BATCH_END, core.word(HEADER_RING_TAIL));
}

/** The first waiter of a slot that has none. */
export function waitInPlace(core: RawCore, slot: number, waiter: number): void {
  core.setField(slot, SLOT_LINK, waiter);
  if ((waiter & ENTRY_TAG_MASK) === ENTRY_OBSERVER) core.setField(slot, SLOT_META, core.metaOf(slot) | META_OBSERVED);
}

/** A Future's slot with its first waiter; 0 when the free list is empty and only a call can help. */
export function openFutureInPlace(core: RawCore, waiter: number): number {
  const slot = core.word(HEADER_SLOT_FREE);
  if (slot === 0) return 0;
  core.setWord(HEADER_SLOT_FREE, core.field(slot, SLOT_LINK));
  core.setField(slot, SLOT_META, core.metaOf(slot) | KIND_FUTURE);
  core.setField(slot, SLOT_HEAD, 0);
  core.setField(slot, SLOT_TAIL, 0);
  waitInPlace(core, slot, waiter);
  return slot;
}

export function freeInPlace(core: RawCore, slot: number): void {
  const generation = core.metaOf(slot) & ~(META_GENERATION_ONE - 1);
  core.setField(slot, SLOT_META, generation + META_GENERATION_ONE);
  core.setField(slot, SLOT_LINK, core.word(HEADER_SLOT_FREE));
  core.setWord(HEADER_SLOT_FREE, slot);
}

/** The end of a Future whose list is its one waiter. */
export function settleInPlace(core: RawCore, slot: number): void {
  const waiter = core.field(slot, SLOT_LINK);
  if (waiter !== 0) pushInPlace(core, waiter);
  freeInPlace(core, slot);
}
