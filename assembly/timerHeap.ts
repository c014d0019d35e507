// Timer heap: a 4-ary min-heap by (deadline, sequence), with each timer's position kept in its slot. New timers stand
// behind it in no order, until one of them may be due.
//
//   0                sorted                 length
//   ┌────────────────┬──────────────────────┬──────
//   │ heap           │ new timers           │        new timers: none is due before `earliest`
//   └────────────────┴──────────────────────┴──────
//   node, 16 bytes:  deadline f64 | slot u32 | unused u32
//   slot of a timer: link = position of its node, head and tail = sequence number, 64 bits
//
// Most timers are timeouts, cancelled long before they are due. Behind the heap such a timer costs one store to set and
// one to cancel, whatever the number of others; the heap is entered only by those that are still there when `earliest`
// has come (measured, 100,000 set and 90 % cancelled: see docs/decisions/009-new-timers.md).
//
// Four children a node: set-and-cancel measured 7 % cheaper than with two, as the tree is half as high and four nodes
// share a cache line. The position makes cancelling O(log n) and leaves no garbage behind. Equal deadlines fire in the
// order they were set (I-TH1: no node of the heap sorts before its parent by (deadline, sequence); I-TH2: a timer's
// position names the node that names the timer; I-TH3: no new timer has a deadline before `earliest`). The sequence is
// read on ties only, so it may live outside the node.
import {
  HEADER_HEAP_BASE,
  HEADER_HEAP_CAPACITY,
  HEADER_HEAP_EARLIEST,
  HEADER_HEAP_LENGTH,
  HEADER_HEAP_SORTED,
  KIND_TIMER,
  SLOT_HEAD,
  SLOT_LINK,
} from "./codes";
import { growHeap, HEAP_NODE_SHIFT, setWord, word } from "./memory";
import { freeSlot, setField, slotAt, takeSlot } from "./slotTable";

let sequence: u64 = 0;

function nodeAt(position: u32): usize {
  return (word(HEADER_HEAP_BASE) << 2) + (position << HEAP_NODE_SHIFT);
}

export function deadlineAt(position: u32): f64 {
  return load<f64>(nodeAt(position));
}

export function timerAt(position: u32): u32 {
  return load<u32>(nodeAt(position), 8);
}

export function sequenceOf(slot: u32): u64 {
  return load<u64>(slotAt(slot) + (SLOT_HEAD << 2));
}

function place(position: u32, deadline: f64, slot: u32): void {
  const at = nodeAt(position);
  store<f64>(at, deadline);
  store<u32>(at, slot, 8);
  setField(slot, SLOT_LINK, position);
}

/** Whether (deadline, slot) fires before the node at `position`. */
export function firesBefore(deadline: f64, slot: u32, position: u32): bool {
  const other = deadlineAt(position);
  return deadline < other || (deadline == other && sequenceOf(slot) < sequenceOf(timerAt(position)));
}

function siftUp(from: u32, deadline: f64, slot: u32): void {
  let position = from;
  while (position > 0) {
    const parent = (position - 1) >> 2;
    if (!firesBefore(deadline, slot, parent)) break;
    place(position, deadlineAt(parent), timerAt(parent));
    position = parent;
  }
  place(position, deadline, slot);
}

function siftDown(from: u32, deadline: f64, slot: u32, length: u32): void {
  let position = from;
  for (;;) {
    const first = (position << 2) + 1;
    if (first >= length) break;
    const end = min(first + 4, length);
    let least = first;
    for (let child = first + 1; child < end; child++) {
      if (firesBefore(deadlineAt(child), timerAt(child), least)) least = child;
    }
    if (firesBefore(deadline, slot, least)) break;
    place(position, deadlineAt(least), timerAt(least));
    position = least;
  }
  place(position, deadline, slot);
}

export function earliestNew(): f64 {
  return load<f64>(HEADER_HEAP_EARLIEST << 2);
}

function setEarliestNew(deadline: f64): void {
  store<f64>(HEADER_HEAP_EARLIEST << 2, deadline);
}

/** A new timer's slot, or 0 when memory is at its end; then nothing has changed. */
export function openTimer(deadline: f64): u32 {
  const length = word(HEADER_HEAP_LENGTH);
  if (length == word(HEADER_HEAP_CAPACITY) && !growHeap()) return 0;
  const slot = takeSlot(KIND_TIMER);
  if (slot == 0) return 0;
  store<u64>(slotAt(slot) + (SLOT_HEAD << 2), sequence++);
  place(length, deadline, slot);
  setWord(HEADER_HEAP_LENGTH, length + 1);
  if (deadline < earliestNew()) setEarliestNew(deadline);
  return slot;
}

/** The new timers enter the heap. */
function sortNew(): void {
  const length = word(HEADER_HEAP_LENGTH);
  for (let position = word(HEADER_HEAP_SORTED); position < length; position++) {
    siftUp(position, deadlineAt(position), timerAt(position));
  }
  setWord(HEADER_HEAP_SORTED, length);
  setEarliestNew(Infinity);
}

/** Whether a timer is due by `now`; if so, the first of them is at the top of the heap. */
export function isTimerDue(now: f64): bool {
  if (earliestNew() <= now) sortNew();
  return word(HEADER_HEAP_SORTED) != 0 && deadlineAt(0) <= now;
}

/** The earliest deadline, Infinity without timers. */
export function earliestDeadline(): f64 {
  const top = word(HEADER_HEAP_SORTED) == 0 ? Infinity : deadlineAt(0);
  if (earliestNew() >= top) return top;
  // The bound may be that of a timer that was cancelled since.
  sortNew();
  return deadlineAt(0);
}

/** Takes the node at `position` out of the heap; the hole is then at the heap's former end. */
function leaveHeap(position: u32): void {
  const sorted = word(HEADER_HEAP_SORTED) - 1;
  setWord(HEADER_HEAP_SORTED, sorted);
  if (position == sorted) return;
  const deadline = deadlineAt(sorted);
  const slot = timerAt(sorted);
  if (position > 0 && firesBefore(deadline, slot, (position - 1) >> 2)) siftUp(position, deadline, slot);
  else siftDown(position, deadline, slot, sorted);
}

/** Takes a timer's node away; its slot stays. */
export function removeTimer(position: u32): void {
  const length = word(HEADER_HEAP_LENGTH) - 1;
  const sorted = word(HEADER_HEAP_SORTED);
  let hole = position;
  if (position < sorted) {
    leaveHeap(position);
    hole = sorted - 1;
  }
  setWord(HEADER_HEAP_LENGTH, length);
  if (hole != length) place(hole, deadlineAt(length), timerAt(length));
  if (length == word(HEADER_HEAP_SORTED)) setEarliestNew(Infinity);
}

export function cancelTimer(slot: u32): void {
  removeTimer(load<u32>(slotAt(slot), SLOT_LINK << 2));
  freeSlot(slot);
}
