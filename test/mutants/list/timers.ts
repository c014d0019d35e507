// The timer heap, and cancelling by handle.
import type { Mutant } from "../mutant.js";

const heap = (id: string, breaks: string, fault: string, from: string, to: string): Mutant => ({
  id,
  breaks,
  fault,
  file: "timerHeap.ts",
  from,
  to,
});

const entry = (id: string, breaks: string, fault: string, from: string, to: string): Mutant => ({
  ...heap(id, breaks, fault, from, to),
  file: "index.ts",
});

const TIE = "deadline < other || (deadline == other && sequenceOf(slot) < sequenceOf(timerAt(position)))";
const HANDLE = "!isCurrent(slot, meta) || kindOf(slot) != KIND_TIMER";

export const TIMERS: readonly Mutant[] = [
  heap(
    "tie-last",
    "tie order",
    "of equal deadlines the last set fires first",
    TIE,
    TIE.replace("(slot) <", "(slot) >"),
  ),
  heap("tie-none", "tie order", "equal deadlines fire in any order", TIE, "deadline < other"),
  heap("tie-stuck", "tie order", "every timer has the same sequence number", "sequence++", "sequence"),
  heap(
    "tie-32",
    "I-TH1",
    "only the low half of the sequence number is compared",
    "return load<u64>(slotAt(slot) + (SLOT_HEAD << 2));",
    "return load<u32>(slotAt(slot) + (SLOT_HEAD << 2));",
  ),
  heap(
    "order-late",
    "I-TH1",
    "the latest deadline stands on top",
    "return deadline < other",
    "return deadline > other",
  ),
  heap(
    "new-late",
    "I-TH3",
    "the first new timer's deadline is the one noted",
    "if (deadline < earliestNew()) setEarliestNew(deadline);",
    "if (earliestNew() == Infinity) setEarliestNew(deadline);",
  ),
  heap(
    "new-ignored",
    "I-TH3",
    "new timers are not looked at when one is due",
    "  if (earliestNew() <= now) sortNew();\n",
    "",
  ),
  heap(
    "new-stale",
    "the earliest deadline",
    "the earliest of all is looked for in the heap only",
    "if (earliestNew() >= top) return top;",
    "if (top != Infinity) return top;",
  ),
  heap(
    "new-noted",
    "no timers, no deadline",
    "without new timers the earliest of the former ones stays noted",
    "  if (length == word(HEADER_HEAP_SORTED)) setEarliestNew(Infinity);\n",
    "",
  ),
  heap(
    "hole-open",
    "I-TH2",
    "a timer that leaves the heap leaves a hole before the new ones",
    "    hole = sorted - 1;\n",
    "    hole = length;\n",
  ),
  heap("rise-stuck", "I-TH1", "a new timer stops below the root", "while (position > 0) {", "while (position > 4) {"),
  heap(
    "sink-three",
    "I-TH1",
    "one child of four is never looked at",
    "min(first + 4, length)",
    "min(first + 3, length)",
  ),
  heap(
    "sink-once",
    "I-TH1",
    "a timer that sinks stops one level down",
    "position = least;\n  }",
    "position = least;\n    break;\n  }",
  ),
  heap(
    "cancel-sinks",
    "I-TH1",
    "the timer that takes a cancelled one's place never rises",
    "if (position > 0 && firesBefore(deadline, slot, (position - 1) >> 2)) siftUp(position, deadline, slot);\n  else siftDown",
    "siftDown",
  ),
  heap(
    "position-lost",
    "I-TH2",
    "a timer that moves is not told its new position",
    "  setField(slot, SLOT_LINK, position);\n",
    "",
  ),
  heap(
    "position-parent",
    "I-TH2",
    "a timer that rises is told its parent's position",
    "place(position, deadlineAt(parent), timerAt(parent));\n    position = parent;",
    "place(position, deadlineAt(parent), timerAt(parent));\n    setField(timerAt(parent), SLOT_LINK, parent);\n    position = parent;",
  ),
  heap(
    "cancel-slot",
    "a slot is given back",
    "a cancelled timer keeps its slot",
    "SLOT_LINK << 2));\n  freeSlot(slot);",
    "SLOT_LINK << 2));",
  ),
  heap(
    "heap-full",
    "I-ME1",
    "a full heap does not grow",
    "if (length == word(HEADER_HEAP_CAPACITY) && !growHeap()) return 0;",
    "",
  ),
  heap(
    "refused-timer",
    "a refusal changes nothing",
    "a timer that was refused a slot is counted in the heap",
    "if (slot == 0) return 0;",
    "if (slot == 0) {\n    setWord(HEADER_HEAP_LENGTH, length + 1);\n    return 0;\n  }",
  ),
  entry(
    "cancel-batch",
    "cancel in batch",
    "a timer that is in the batch already can be taken out of the heap once more",
    HANDLE,
    "slot == 0 || !isCurrent(slot, (meta & ~7) | kindOf(slot))",
  ),
  entry(
    "cancel-kind",
    "generation check",
    "whatever has the slot now is cancelled as a timer",
    HANDLE,
    "!isCurrent(slot, meta)",
  ),
  entry(
    "cancel-stale",
    "generation check",
    "a stale handle cancels the timer of another life",
    HANDLE,
    "kindOf(slot) != KIND_TIMER",
  ),
  heap(
    "deadline-empty",
    "no timers, no deadline",
    "without timers the last deadline remains",
    "word(HEADER_HEAP_SORTED) == 0 ? Infinity : deadlineAt(0)",
    "deadlineAt(0)",
  ),
];
