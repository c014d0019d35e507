// Linear memory: a header and three regions on top of each other.
//
//   0 ┌────────┬──────────────┬──────────────────┬─────────────┐ … end of memory
//     │ header │ ready ring   │ slot table       │ timer heap  │
//     │ 128 B  │ 4 B an entry │ 16 B a slot      │ 16 B a node │
//     └────────┴──────────────┴──────────────────┴─────────────┘
//
// A region grows in place: memory is extended at its end and the regions above are moved up. So nothing is ever
// fragmented, no old copy is left behind, and growth ends only where memory ends. Bases live in the header; whoever
// caches them looks at HEADER_LAYOUT, which changes with every move (I-ME1: the regions touch and do not overlap).
//
// The ring is never smaller than the slot table, and a slot stands in the ring at most once (I-RR3). Therefore a push
// can not fail: memory is asked for only where a slot is taken, before anything else has changed.
import {
  ABI_VERSION,
  FAULT_LAYOUT,
  FAULT_NONE,
  HEADER_GROWTHS,
  HEADER_HEAP_BASE,
  HEADER_HEAP_CAPACITY,
  HEADER_HEAP_EARLIEST,
  HEADER_HEAP_LENGTH,
  HEADER_LAYOUT,
  HEADER_PAGE_LIMIT,
  HEADER_RING_BASE,
  HEADER_RING_HEAD,
  HEADER_RING_MASK,
  HEADER_RING_TAIL,
  HEADER_SLOT_BASE,
  HEADER_SLOT_CAPACITY,
  HEADER_VERSION,
  HEADER_WORDS,
} from "./codes";
import { count } from "./stats";

const PAGE_SHIFT: u32 = 16;
const MAX_PAGES: u32 = 65536;
/** 36 KiB of regions in the first page: a loop with few tasks never grows. */
const FIRST_CAPACITY: u32 = 1024;
/** The least that growth asks for when doubling does not fit. */
const LEAST_GROWTH: u32 = 1024;
export const HEAP_NODE_SHIFT: u32 = 4;
const SLOT_BYTES_SHIFT: u32 = 4;

export function word(index: i32): u32 {
  return load<u32>(index << 2);
}

export function setWord(index: i32, value: u32): void {
  store<u32>(index << 2, value);
}

/**
 * Where the ring begins, in words: behind the header. In `debug` the inspector's strings and one block header of its
 * allocator lie between them (scratch.ts).
 */
export function regionsBase(): u32 {
  return ASC_MEMORY_BASE == 0 ? HEADER_WORDS : <u32>(((__heap_base + 19) & ~15) >> 2);
}

export function layOut(): void {
  setWord(HEADER_VERSION, ABI_VERSION);
  setWord(HEADER_PAGE_LIMIT, MAX_PAGES);
  setWord(HEADER_RING_BASE, regionsBase());
  setWord(HEADER_RING_MASK, FIRST_CAPACITY - 1);
  setWord(HEADER_SLOT_BASE, regionsBase() + FIRST_CAPACITY);
  setWord(HEADER_SLOT_CAPACITY, FIRST_CAPACITY);
  setWord(HEADER_HEAP_BASE, regionsBase() + FIRST_CAPACITY + (FIRST_CAPACITY << 2));
  setWord(HEADER_HEAP_CAPACITY, FIRST_CAPACITY);
  store<f64>(HEADER_HEAP_EARLIEST << 2, Infinity);
}

/** I-ME1: FAULT_LAYOUT where it does not hold. */
export function checkLayout(): i32 {
  const ringEnd = word(HEADER_RING_BASE) + word(HEADER_RING_MASK) + 1;
  const slotEnd = word(HEADER_SLOT_BASE) + (word(HEADER_SLOT_CAPACITY) << 2);
  const heapEnd = <u64>word(HEADER_HEAP_BASE) + ((<u64>word(HEADER_HEAP_CAPACITY)) << 2);
  const touching =
    word(HEADER_RING_BASE) == regionsBase() && ringEnd == word(HEADER_SLOT_BASE) && slotEnd == word(HEADER_HEAP_BASE);
  const fits = heapEnd << 2 <= (<u64>memory.size()) << 16 && word(HEADER_HEAP_LENGTH) <= word(HEADER_HEAP_CAPACITY);
  return touching && fits ? FAULT_NONE : FAULT_LAYOUT;
}

/** Bytes that header and regions take with these capacities. */
function bytesFor(ring: u64, slots: u64, heap: u64): u64 {
  return ((<u64>regionsBase()) << 2) + (ring << 2) + (slots << SLOT_BYTES_SHIFT) + (heap << HEAP_NODE_SHIFT);
}

function reserve(bytes: u64): bool {
  const pages = (bytes + ((1 << PAGE_SHIFT) - 1)) >> PAGE_SHIFT;
  if (pages > <u64>word(HEADER_PAGE_LIMIT)) return false;
  const have = <u64>memory.size();
  return pages <= have || memory.grow(<i32>(pages - have)) != -1;
}

function moved(): void {
  setWord(HEADER_LAYOUT, word(HEADER_LAYOUT) + 1);
  count(HEADER_GROWTHS);
}

function powerOfTwoFrom(n: u32): u64 {
  return (<u64>1) << (32 - clz<u32>(n - 1));
}

/** Entries keep their counters: those whose counter has the new bit set move to the new half. */
function widenRing(from: u32, to: u32): void {
  const base = word(HEADER_RING_BASE) << 2;
  const tail = word(HEADER_RING_TAIL);
  for (let i = word(HEADER_RING_HEAD); i != tail; i++) {
    const old = i & (from - 1);
    const now = i & (to - 1);
    if (old != now) store<i32>(base + (now << 2), load<i32>(base + (old << 2)));
  }
  setWord(HEADER_RING_MASK, to - 1);
}

function extendSlots(capacity: u32): bool {
  const ring = word(HEADER_RING_MASK) + 1;
  const nextRing = max<u64>(ring, powerOfTwoFrom(capacity));
  const heap = word(HEADER_HEAP_CAPACITY);
  if (nextRing > u32.MAX_VALUE || !reserve(bytesFor(nextRing, capacity, heap))) return false;
  const slotBase = word(HEADER_SLOT_BASE);
  const heapBase = word(HEADER_HEAP_BASE);
  const nextSlotBase = word(HEADER_RING_BASE) + <u32>nextRing;
  const nextHeapBase = nextSlotBase + (capacity << 2);
  const slots = word(HEADER_SLOT_CAPACITY);
  memory.copy(nextHeapBase << 2, heapBase << 2, word(HEADER_HEAP_LENGTH) << HEAP_NODE_SHIFT);
  if (nextSlotBase != slotBase) {
    memory.copy(nextSlotBase << 2, slotBase << 2, slots << SLOT_BYTES_SHIFT);
    widenRing(ring, <u32>nextRing);
  }
  memory.fill((nextSlotBase + (slots << 2)) << 2, 0, (capacity - slots) << SLOT_BYTES_SHIFT);
  setWord(HEADER_SLOT_BASE, nextSlotBase);
  setWord(HEADER_HEAP_BASE, nextHeapBase);
  setWord(HEADER_SLOT_CAPACITY, capacity);
  moved();
  return true;
}

/** Doubles the slot table, or extends it by what still fits; false when memory is at its end. */
export function growSlots(): bool {
  const slots = word(HEADER_SLOT_CAPACITY);
  for (let more = slots; more >= LEAST_GROWTH; more >>= 1) {
    if (slots + more > slots && extendSlots(slots + more)) return true;
  }
  return false;
}

/** The heap is the topmost region: it grows without moving anything. */
export function growHeap(): bool {
  const ring = word(HEADER_RING_MASK) + 1;
  const slots = word(HEADER_SLOT_CAPACITY);
  const heap = word(HEADER_HEAP_CAPACITY);
  for (let more = heap; more >= LEAST_GROWTH; more >>= 1) {
    if (reserve(bytesFor(ring, slots, heap + more))) {
      setWord(HEADER_HEAP_CAPACITY, heap + more);
      moved();
      return true;
    }
  }
  return false;
}
