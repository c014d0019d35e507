// The walkers themselves: one that no longer sees what it is for.
import type { Mutant } from "../mutant.js";

const walker = (id: string, breaks: string, fault: string, from: string, to: string): Mutant => ({
  id,
  breaks,
  fault,
  file: "checks.ts",
  from,
  to,
});

export const WALKERS: readonly Mutant[] = [
  walker(
    "blind-batch",
    "I-RR1",
    "the walker does not look at the batch",
    "> length) return FAULT_RING_ORDER",
    "> length + 99) return FAULT_RING_ORDER",
  ),
  walker(
    "blind-tag",
    "I-RR2",
    "the walker does not compare tag and kind",
    " || !suits(entry & ENTRY_TAG_MASK, kindOf(slot))",
    "",
  ),
  walker(
    "blind-twice",
    "I-RR3",
    "the walker does not see a slot's second entry",
    "return FAULT_RING_DUPLICATE;",
    "return FAULT_NONE;",
  ),
  walker(
    "blind-order",
    "I-TH1",
    "the walker does not compare deadlines",
    "firesBefore(deadlineAt(i), slot, (i - 1) >> 2)",
    "false",
  ),
  walker("blind-position", "I-TH2", "the walker does not look at positions", "field(slot, SLOT_LINK) != i", "false"),
  walker(
    "blind-new",
    "I-TH3",
    "the walker does not look at new timers' deadlines",
    "deadlineAt(i) < earliestNew()",
    "false",
  ),
  walker("blind-lost", "I-ST2", "the walker does not count free slots", "marked != free || ", ""),
  walker(
    "blind-tail",
    "I-CL1",
    "the walker does not look at a list's tail",
    "field(slot, SLOT_TAIL) == last ?",
    "last == last ?",
  ),
  {
    ...walker(
      "blind-layout",
      "I-ME1",
      "the walker does not see that regions overlap",
      "return touching && fits ?",
      "return fits ?",
    ),
    file: "memory.ts",
  },
];
