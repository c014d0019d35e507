// Callback list: who waits for a Future, in the order they asked.
//
//   future's slot: link = first waiter (0: none) | head = first node | tail = last node
//   node's slot:   link = next node (0: end)     | head = waiter
//
// Nearly every Future has one waiter, and it stands in the Future's own slot; nodes are for the others (I-CL1: the
// list starts in the slot, ends at tail, and a node never precedes the slot's own waiter).
import {
  ENTRY_OBSERVER,
  ENTRY_TAG_MASK,
  KIND_NODE,
  META_OBSERVED,
  SLOT_HEAD,
  SLOT_LINK,
  SLOT_META,
  SLOT_TAIL,
} from "./codes";
import { pushEntry } from "./readyRing";
import { field, freeSlot, setField, takeSlot } from "./slotTable";

/** False when memory is at its end; then nothing has changed. */
export function appendWaiter(slot: u32, waiter: u32): bool {
  if (field(slot, SLOT_LINK) == 0) {
    setField(slot, SLOT_LINK, waiter);
  } else {
    const node = takeSlot(KIND_NODE);
    if (node == 0) return false;
    setField(node, SLOT_HEAD, waiter);
    const last = field(slot, SLOT_TAIL);
    if (last == 0) setField(slot, SLOT_HEAD, node);
    else setField(last, SLOT_LINK, node);
    setField(slot, SLOT_TAIL, node);
  }
  if ((waiter & ENTRY_TAG_MASK) == ENTRY_OBSERVER) {
    setField(slot, SLOT_META, field(slot, SLOT_META) | META_OBSERVED);
  }
  return true;
}

/** Moves every waiter to the ready ring, in order. */
export function scheduleWaiters(slot: u32): void {
  const first = field(slot, SLOT_LINK);
  if (first == 0) return;
  pushEntry(first);
  for (let node = field(slot, SLOT_HEAD); node != 0; node = field(node, SLOT_LINK)) pushEntry(field(node, SLOT_HEAD));
}

/** Gives the nodes back; the slot's own words are stale afterwards. */
export function freeNodes(slot: u32): void {
  let node = field(slot, SLOT_HEAD);
  while (node != 0) {
    const next = field(node, SLOT_LINK);
    freeSlot(node);
    node = next;
  }
}

/** Forgets each occurrence of `waiter`; how many there were. The others keep their order. */
export function removeWaiter(slot: u32, waiter: u32): u32 {
  let removed: u32 = 0;
  let last: u32 = 0;
  let node = field(slot, SLOT_HEAD);
  while (node != 0) {
    const next = field(node, SLOT_LINK);
    if (field(node, SLOT_HEAD) == waiter) {
      if (last == 0) setField(slot, SLOT_HEAD, next);
      else setField(last, SLOT_LINK, next);
      freeSlot(node);
      removed++;
    } else {
      last = node;
    }
    node = next;
  }
  setField(slot, SLOT_TAIL, last);
  if (field(slot, SLOT_LINK) == waiter) {
    removed++;
    promoteFirstNode(slot);
  }
  return removed;
}

function promoteFirstNode(slot: u32): void {
  const node = field(slot, SLOT_HEAD);
  if (node == 0) {
    setField(slot, SLOT_LINK, 0);
    return;
  }
  setField(slot, SLOT_LINK, field(node, SLOT_HEAD));
  const next = field(node, SLOT_LINK);
  setField(slot, SLOT_HEAD, next);
  if (next == 0) setField(slot, SLOT_TAIL, 0);
  freeSlot(node);
}
