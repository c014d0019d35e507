// Pictures: what stands in a structure, copied into an array of records of PICTURE_WORDS numbers each.
//
//   ring, waiters   slot | tag        | kind     | generation     in order
//   slots           slot | kind       | observed | generation     those that are not free, by number
//   heap            slot | deadline   | sequence | generation     as the nodes lie in the heap
//
// They are drawn of a broken core as well: nothing found in memory is trusted as a slot, and no list is followed further
// than there are slots. Where even the layout is broken, a picture is empty.
import {
  ENTRY_SHIFT,
  ENTRY_TAG_MASK,
  HEADER_HEAP_LENGTH,
  HEADER_RING_BASE,
  HEADER_RING_HEAD,
  HEADER_RING_MASK,
  HEADER_RING_TAIL,
  HEADER_SLOT_CAPACITY,
  KIND_FREE,
  KIND_FUTURE,
  KIND_TASK,
  META_GENERATION_SHIFT,
  META_KIND_MASK,
  META_OBSERVED,
  PICTURE_WORDS,
  SLOT_HEAD,
  SLOT_LINK,
  SLOT_META,
} from "./codes";
import { word } from "./memory";
import { openScratch } from "./scratch";
import { field, kindOf, slotsUsed } from "./slotTable";
import { deadlineAt, sequenceOf, timerAt } from "./timerHeap";

function slotEnd(): u32 {
  return min(slotsUsed(), word(HEADER_SLOT_CAPACITY));
}

function isSlot(slot: u32): bool {
  return slot != 0 && slot < slotEnd();
}

function metaOf(slot: u32): u32 {
  return isSlot(slot) ? field(slot, SLOT_META) : 0;
}

function put(picture: Uint32Array, record: u32, entry: u32): void {
  const slot = entry >> ENTRY_SHIFT;
  const at = record * PICTURE_WORDS;
  picture[at] = slot;
  picture[at + 1] = entry & ENTRY_TAG_MASK;
  picture[at + 2] = metaOf(slot) & META_KIND_MASK;
  picture[at + 3] = metaOf(slot) >> META_GENERATION_SHIFT;
}

export function drawRing(): Uint32Array {
  if (!openScratch()) return new Uint32Array(0);
  const head = word(HEADER_RING_HEAD);
  const mask = word(HEADER_RING_MASK);
  const length = min(word(HEADER_RING_TAIL) - head, mask + 1);
  const picture = new Uint32Array(length * PICTURE_WORDS);
  for (let i: u32 = 0; i < length; i++) {
    put(picture, i, load<u32>((word(HEADER_RING_BASE) + ((head + i) & mask)) << 2));
  }
  return picture;
}

export function drawHeap(): Float64Array {
  if (!openScratch()) return new Float64Array(0);
  const length = word(HEADER_HEAP_LENGTH);
  const picture = new Float64Array(length * PICTURE_WORDS);
  for (let position: u32 = 0; position < length; position++) {
    const slot = timerAt(position);
    const at = position * PICTURE_WORDS;
    picture[at] = <f64>slot;
    picture[at + 1] = deadlineAt(position);
    picture[at + 2] = isSlot(slot) ? <f64>sequenceOf(slot) : 0;
    picture[at + 3] = <f64>(metaOf(slot) >> META_GENERATION_SHIFT);
  }
  return picture;
}

export function drawSlots(): Uint32Array {
  if (!openScratch()) return new Uint32Array(0);
  let live: u32 = 0;
  for (let slot: u32 = 1; slot < slotEnd(); slot++) live += u32(kindOf(slot) != KIND_FREE);
  const picture = new Uint32Array(live * PICTURE_WORDS);
  let at = 0;
  for (let slot: u32 = 1; slot < slotEnd(); slot++) {
    const meta = metaOf(slot);
    if ((meta & META_KIND_MASK) == KIND_FREE) continue;
    picture[at] = slot;
    picture[at + 1] = meta & META_KIND_MASK;
    picture[at + 2] = u32((meta & META_OBSERVED) != 0);
    picture[at + 3] = meta >> META_GENERATION_SHIFT;
    at += PICTURE_WORDS;
  }
  return picture;
}

/** Nodes of the list of `slot`, as far as they can be followed. */
function countNodes(slot: u32): u32 {
  let nodes: u32 = 0;
  for (let node = field(slot, SLOT_HEAD); isSlot(node) && nodes < slotEnd(); node = field(node, SLOT_LINK)) nodes++;
  return nodes;
}

/** Empty as well where `slot` is neither a Future's nor a Task's. */
export function drawWaiters(slot: u32): Uint32Array {
  const isAwaitable = openScratch() && isSlot(slot) && (kindOf(slot) == KIND_FUTURE || kindOf(slot) == KIND_TASK);
  if (!isAwaitable || field(slot, SLOT_LINK) == 0) return new Uint32Array(0);
  const nodes = countNodes(slot);
  const picture = new Uint32Array((nodes + 1) * PICTURE_WORDS);
  put(picture, 0, field(slot, SLOT_LINK));
  let node = field(slot, SLOT_HEAD);
  for (let i: u32 = 1; i <= nodes; i++) {
    put(picture, i, field(node, SLOT_HEAD));
    node = field(node, SLOT_LINK);
  }
  return picture;
}
