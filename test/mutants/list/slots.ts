// The slot table.
import type { Mutant } from "../mutant.js";

const slot = (id: string, breaks: string, fault: string, from: string, to: string): Mutant => ({
  id,
  breaks,
  fault,
  file: "slotTable.ts",
  from,
  to,
});

const FREED = "setField(slot, SLOT_META, (meta & ~(META_GENERATION_ONE - 1)) + META_GENERATION_ONE);";
const CHAIN = "setField(slot, SLOT_LINK, word(HEADER_SLOT_FREE));";

export const SLOTS: readonly Mutant[] = [
  slot(
    "generation-unread",
    "generation check",
    "every handle of a used slot counts as current",
    "slot < used && field(slot, SLOT_META) == meta",
    "slot < used",
  ),
  slot(
    "generation-same",
    "I-ST1",
    "a slot's next life has the generation of the last",
    FREED,
    "setField(slot, SLOT_META, meta & ~(META_GENERATION_ONE - 1));",
  ),
  slot(
    "generation-narrow",
    "I-ST1",
    "the generation has eight bits",
    FREED,
    "setField(slot, SLOT_META, ((meta & ~(META_GENERATION_ONE - 1)) + META_GENERATION_ONE) & 0xffff);",
  ),
  slot(
    "observed-stays",
    "a new life begins empty",
    "the observed flag outlives its slot's life",
    FREED,
    "setField(slot, SLOT_META, (meta & ~META_KIND_MASK) + META_GENERATION_ONE);",
  ),
  slot("free-cut", "I-ST2", "freeing a slot loses those that were free", CHAIN, "setField(slot, SLOT_LINK, 0);"),
  slot("free-lost", "I-ST2", "a freed slot is not put into the free list", "setWord(HEADER_SLOT_FREE, slot);", ""),
  slot(
    "free-kept",
    "I-ST2",
    "a slot that is taken stays in the free list",
    "setWord(HEADER_SLOT_FREE, field(slot, SLOT_LINK));",
    "",
  ),
  slot(
    "free-live",
    "I-ST2",
    "a freed slot keeps its kind",
    FREED,
    "setField(slot, SLOT_META, meta + META_GENERATION_ONE);",
  ),
  slot(
    "free-twice",
    "I-ST2",
    "freeing twice is not noticed",
    "demand((meta & META_KIND_MASK) != KIND_FREE, FAULT_SLOT_FREE_TWICE);",
    "",
  ),
  slot(
    "free-range",
    "I-ST2",
    "freeing nobody's slot is not noticed",
    "demand(slot != 0 && slot < used, FAULT_SLOT_RANGE);",
    "",
  ),
  slot("link-stale", "a new life begins empty", "a taken slot keeps its link", "setField(slot, SLOT_LINK, 0);", ""),
  slot(
    "head-stale",
    "a new life begins empty",
    "a taken slot keeps its list's first node",
    "setField(slot, SLOT_HEAD, 0);",
    "",
  ),
  slot(
    "tail-stale",
    "a new life begins empty",
    "a taken slot keeps its list's last node",
    "setField(slot, SLOT_TAIL, 0);",
    "",
  ),
  slot(
    "table-end",
    "I-ME1",
    "one slot more is taken than the table has room for",
    "used == word(HEADER_SLOT_CAPACITY)",
    "used > word(HEADER_SLOT_CAPACITY)",
  ),
  slot(
    "live-count",
    "slots are counted",
    "slot 0 is counted as live",
    "return used - 1 - free;",
    "return used - free;",
  ),
];
