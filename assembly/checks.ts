// Invariant walkers, in the `debug` and `checked` builds only. Each returns the fault of the first invariant that does
// not hold, or FAULT_NONE; the ids are those of README.md.
import {
  ENTRY_CALLBACK,
  ENTRY_OBSERVER,
  ENTRY_SHIFT,
  ENTRY_TAG_MASK,
  ENTRY_TASK,
  FAULT_CALLBACK_LIST,
  FAULT_FREE_LIST,
  FAULT_HEAP_EARLIEST,
  FAULT_HEAP_KIND,
  FAULT_HEAP_ORDER,
  FAULT_HEAP_POSITION,
  FAULT_NONE,
  FAULT_RING_CAPACITY,
  FAULT_RING_DUPLICATE,
  FAULT_RING_ENTRY,
  FAULT_RING_ORDER,
  FAULT_SLOT_LOST,
  HEADER_BATCH_END,
  HEADER_HEAP_LENGTH,
  HEADER_HEAP_SORTED,
  HEADER_RING_BASE,
  HEADER_RING_HEAD,
  HEADER_RING_MASK,
  HEADER_RING_TAIL,
  HEADER_SLOT_CAPACITY,
  HEADER_SLOT_FREE,
  KIND_CALLBACK,
  KIND_FREE,
  KIND_FUTURE,
  KIND_NODE,
  KIND_OBSERVER,
  KIND_TASK,
  KIND_TIMER,
  SLOT_HEAD,
  SLOT_LINK,
  SLOT_TAIL,
} from "./codes";
import { checkLayout, word } from "./memory";
import { field, kindOf, slotsUsed } from "./slotTable";
import { deadlineAt, earliestNew, firesBefore, timerAt } from "./timerHeap";

function suits(tag: u32, kind: u32): bool {
  if (tag == ENTRY_TASK) return kind == KIND_TASK;
  if (tag == ENTRY_OBSERVER) return kind == KIND_OBSERVER;
  return tag == ENTRY_CALLBACK && kind == KIND_CALLBACK;
}

function entryAt(counter: u32): u32 {
  return load<u32>((word(HEADER_RING_BASE) + (counter & word(HEADER_RING_MASK))) << 2);
}

/** I-RR1, I-RR2, I-RR3. A second entry of a slot is looked for among the next 63 only, so that the walk is linear. */
function checkRing(): i32 {
  const head = word(HEADER_RING_HEAD);
  const length = word(HEADER_RING_TAIL) - head;
  if (word(HEADER_BATCH_END) - head > length) return FAULT_RING_ORDER;
  if (word(HEADER_RING_MASK) + 1 < max(word(HEADER_SLOT_CAPACITY), length)) return FAULT_RING_CAPACITY;
  for (let i: u32 = 0; i < length; i++) {
    const entry = entryAt(head + i);
    const slot = entry >> ENTRY_SHIFT;
    if (slot == 0 || slot >= slotsUsed() || !suits(entry & ENTRY_TAG_MASK, kindOf(slot))) return FAULT_RING_ENTRY;
    for (let j = i + 1; j < min(length, i + 64); j++) {
      if (entryAt(head + j) >> ENTRY_SHIFT == slot) return FAULT_RING_DUPLICATE;
    }
  }
  return FAULT_NONE;
}

/** I-TH1, I-TH2, I-TH3 */
function checkHeap(): i32 {
  const length = word(HEADER_HEAP_LENGTH);
  const sorted = word(HEADER_HEAP_SORTED);
  if (sorted > length) return FAULT_HEAP_EARLIEST;
  for (let i: u32 = 0; i < length; i++) {
    const slot = timerAt(i);
    if (slot == 0 || slot >= slotsUsed() || kindOf(slot) != KIND_TIMER) return FAULT_HEAP_KIND;
    if (field(slot, SLOT_LINK) != i) return FAULT_HEAP_POSITION;
    if (i >= sorted) {
      if (deadlineAt(i) < earliestNew()) return FAULT_HEAP_EARLIEST;
    } else if (i > 0 && firesBefore(deadlineAt(i), slot, (i - 1) >> 2)) return FAULT_HEAP_ORDER;
  }
  return FAULT_NONE;
}

/** I-CL1: the nodes of one list; their number is added to the tally that I-ST2 compares. */
let nodesReached: u32 = 0;

function checkList(slot: u32): i32 {
  let last: u32 = 0;
  for (let node = field(slot, SLOT_HEAD); node != 0; node = field(node, SLOT_LINK)) {
    if (node >= slotsUsed() || kindOf(node) != KIND_NODE || field(slot, SLOT_LINK) == 0) return FAULT_CALLBACK_LIST;
    if (++nodesReached > slotsUsed()) return FAULT_CALLBACK_LIST;
    last = node;
  }
  return field(slot, SLOT_TAIL) == last ? FAULT_NONE : FAULT_CALLBACK_LIST;
}

/** I-ST2, I-CL1 */
function checkSlots(): i32 {
  const used = slotsUsed();
  let free: u32 = 0;
  for (let slot = word(HEADER_SLOT_FREE); slot != 0; slot = field(slot, SLOT_LINK)) {
    if (slot >= used || kindOf(slot) != KIND_FREE || ++free > used) return FAULT_FREE_LIST;
  }
  let marked: u32 = 0;
  let nodes: u32 = 0;
  let timers: u32 = 0;
  nodesReached = 0;
  for (let slot: u32 = 1; slot < used; slot++) {
    const kind = kindOf(slot);
    if (kind == KIND_FREE) marked++;
    else if (kind == KIND_NODE) nodes++;
    else if (kind == KIND_TIMER) timers++;
    else if (kind == KIND_FUTURE || kind == KIND_TASK) {
      const fault = checkList(slot);
      if (fault != FAULT_NONE) return fault;
    }
  }
  if (marked != free || timers != word(HEADER_HEAP_LENGTH)) return FAULT_SLOT_LOST;
  return nodes == nodesReached ? FAULT_NONE : FAULT_CALLBACK_LIST;
}

/** Walks every structure: the code of the first fault found, or FAULT_NONE. */
export function invariantsCheck(): i32 {
  let fault = checkLayout();
  if (fault == FAULT_NONE) fault = checkRing();
  if (fault == FAULT_NONE) fault = checkHeap();
  if (fault == FAULT_NONE) fault = checkSlots();
  return fault;
}
