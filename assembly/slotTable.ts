// Slots: the core's records, found by index, with a generation each.
//
//   word 0  meta: generation (24 bits) | observed (1) | kind (3)
//   word 1  link    word 2  head    word 3  tail        (codes.ts says what they mean for each kind)
//
// Freed slots form a list through `link`, last freed first used, so that memory stays warm; slot 0 is nobody, so 0 ends
// every list. Freeing raises the generation: a handle made of (slot, meta) that outlives its slot is detected and
// ignored (I-ST1: a live handle's meta equals its slot's). Slots above the highest ever used are not in the list; they
// are taken by raising `used`, so growing a table of a million slots writes nothing (I-ST2: every slot is either live,
// in the free list once, or not yet used).
//
// The bindings take and free slots of Futures in place, on the very same words: HEADER_SLOT_FREE is the list's head.
import {
  FAULT_SLOT_FREE_TWICE,
  FAULT_SLOT_RANGE,
  HEADER_SLOT_BASE,
  HEADER_SLOT_CAPACITY,
  HEADER_SLOT_FREE,
  KIND_FREE,
  META_GENERATION_ONE,
  META_KIND_MASK,
  SLOT_HEAD,
  SLOT_LINK,
  SLOT_META,
  SLOT_SHIFT,
  SLOT_TAIL,
} from "./codes";
import { demand } from "./faults";
import { growSlots, setWord, word } from "./memory";

/** Slots ever used, slot 0 included. */
let used: u32 = 1;

export function slotsUsed(): u32 {
  return used;
}

export function slotAt(slot: u32): usize {
  return (word(HEADER_SLOT_BASE) + (slot << SLOT_SHIFT)) << 2;
}

export function field(slot: u32, index: i32): u32 {
  return load<u32>(slotAt(slot) + (index << 2));
}

export function setField(slot: u32, index: i32, value: u32): void {
  store<u32>(slotAt(slot) + (index << 2), value);
}

export function kindOf(slot: u32): u32 {
  return field(slot, SLOT_META) & META_KIND_MASK;
}

/** A slot with its three words cleared, or 0 when memory is at its end. */
export function takeSlot(kind: u32): u32 {
  let slot = word(HEADER_SLOT_FREE);
  if (slot != 0) {
    setWord(HEADER_SLOT_FREE, field(slot, SLOT_LINK));
  } else {
    if (used == word(HEADER_SLOT_CAPACITY) && !growSlots()) return 0;
    slot = used++;
  }
  setField(slot, SLOT_META, field(slot, SLOT_META) | kind);
  setField(slot, SLOT_LINK, 0);
  setField(slot, SLOT_HEAD, 0);
  setField(slot, SLOT_TAIL, 0);
  return slot;
}

export function freeSlot(slot: u32): void {
  demand(slot != 0 && slot < used, FAULT_SLOT_RANGE);
  const meta = field(slot, SLOT_META);
  demand((meta & META_KIND_MASK) != KIND_FREE, FAULT_SLOT_FREE_TWICE);
  setField(slot, SLOT_META, (meta & ~(META_GENERATION_ONE - 1)) + META_GENERATION_ONE);
  setField(slot, SLOT_LINK, word(HEADER_SLOT_FREE));
  setWord(HEADER_SLOT_FREE, slot);
}

/** Whether (slot, meta) still names what it named when it was made. */
export function isCurrent(slot: u32, meta: u32): bool {
  return slot != 0 && slot < used && field(slot, SLOT_META) == meta;
}

/** Live slots, counted by walking the free list: nothing on the hot path keeps a count. */
export function countLive(): u32 {
  let free: u32 = 0;
  for (let slot = word(HEADER_SLOT_FREE); slot != 0; slot = field(slot, SLOT_LINK)) free++;
  return used - 1 - free;
}
