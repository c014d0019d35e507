// Growth, and where it ends.
import type { Mutant } from "../mutant.js";

const memory = (id: string, breaks: string, fault: string, from: string, to: string): Mutant => ({
  id,
  breaks,
  fault,
  file: "memory.ts",
  from,
  to,
});

const COPY_HEAP = "memory.copy(nextHeapBase << 2, heapBase << 2, word(HEADER_HEAP_LENGTH) << HEAP_NODE_SHIFT);";
const COPY_SLOTS = "memory.copy(nextSlotBase << 2, slotBase << 2, slots << SLOT_BYTES_SHIFT);";
const WIDEN = "widenRing(ring, <u32>nextRing);";

export const MEMORY: readonly Mutant[] = [
  memory("heap-left", "growth moves the regions", "the heap's content stays behind", COPY_HEAP, ""),
  memory("slots-left", "growth moves the regions", "the slots' content stays behind", COPY_SLOTS, ""),
  memory(
    "slots-first",
    "growth moves the regions",
    "the slots are moved onto the heap before it has moved",
    `${COPY_HEAP}\n  if (nextSlotBase != slotBase) {\n    ${COPY_SLOTS}`,
    `if (nextSlotBase != slotBase) ${COPY_SLOTS}\n  ${COPY_HEAP}\n  if (nextSlotBase != slotBase) {`,
  ),
  memory(
    "entries-left",
    "growth moves the regions",
    "entries are not moved to the ring's new half",
    "if (old != now) store<i32>(base + (now << 2), load<i32>(base + (old << 2)));",
    "",
  ),
  memory("ring-narrow", "I-RR3", "the ring does not grow with the slot table", WIDEN, ""),
  memory(
    "slot-base",
    "I-ME1",
    "the slot table's base is not moved",
    "  setWord(HEADER_SLOT_BASE, nextSlotBase);\n",
    "",
  ),
  memory("heap-base", "I-ME1", "the heap's base is not moved", "  setWord(HEADER_HEAP_BASE, nextHeapBase);\n", ""),
  memory(
    "heap-forgotten",
    "I-ME1",
    "the heap is forgotten when memory is asked for",
    " + (heap << HEAP_NODE_SHIFT);",
    " + (heap - heap);",
  ),
  memory(
    "slots-dirty",
    "a new life begins empty",
    "new slots hold what was there before",
    "memory.fill((nextSlotBase + (slots << 2)) << 2, 0, (capacity - slots) << SLOT_BYTES_SHIFT);",
    "",
  ),
  memory(
    "layout-silent",
    "growth is announced",
    "the layout word does not change",
    "setWord(HEADER_LAYOUT, word(HEADER_LAYOUT) + 1);",
    "",
  ),
  memory(
    "limit-passed",
    "memory ends at its limit",
    "memory may have one page more than its limit",
    "if (pages > <u64>word(HEADER_PAGE_LIMIT)) return false;",
    "if (pages > <u64>word(HEADER_PAGE_LIMIT) + 1) return false;",
  ),
  memory(
    "grow-slots-once",
    "growth takes what fits",
    "slots that can not be doubled are not extended",
    "for (let more = slots; more >= LEAST_GROWTH; more >>= 1)",
    "for (let more = slots; more >= LEAST_GROWTH; more = 0)",
  ),
  memory(
    "grow-heap-once",
    "growth takes what fits",
    "a heap that can not be doubled is not extended",
    "for (let more = heap; more >= LEAST_GROWTH; more >>= 1)",
    "for (let more = heap; more >= LEAST_GROWTH; more = 0)",
  ),
  memory(
    "heap-capacity",
    "I-ME1",
    "a heap that has grown does not know it",
    "setWord(HEADER_HEAP_CAPACITY, heap + more);\n      moved();",
    "moved();",
  ),
];
