// The ready ring and the beginning of an iteration.
import type { Mutant } from "../mutant.js";

const ring = (id: string, breaks: string, fault: string, from: string, to: string): Mutant => ({
  id,
  breaks,
  fault,
  file: "readyRing.ts",
  from,
  to,
});

const tick = (id: string, breaks: string, fault: string, from: string, to: string): Mutant => ({
  ...ring(id, breaks, fault, from, to),
  file: "tick.ts",
});

const entry = (id: string, breaks: string, fault: string, from: string, to: string): Mutant => ({
  ...ring(id, breaks, fault, from, to),
  file: "index.ts",
});

const ADVANCE = "setWord(HEADER_RING_TAIL, tail + 1);";
const PROMOTE = "(field(slot, SLOT_META) & ~META_KIND_MASK) | KIND_CALLBACK";
const FREEZE = "setWord(HEADER_BATCH_END, word(HEADER_RING_TAIL));";

export const READY: readonly Mutant[] = [
  ring("ring-gap", "I-RR2", "a push leaves a gap behind its entry", ADVANCE, "setWord(HEADER_RING_TAIL, tail + 2);"),
  ring(
    "ring-half",
    "I-RR3",
    "a push uses half of the ring only",
    "(tail & word(HEADER_RING_MASK))",
    "(tail & (word(HEADER_RING_MASK) >> 1))",
  ),
  ring(
    "batch-open",
    "frozen batch",
    "what is pushed during a batch joins it",
    ADVANCE,
    `${ADVANCE} setWord(HEADER_BATCH_END, tail + 1);`,
  ),
  ring(
    "batch-short",
    "I-RR1",
    "the batch ends one entry before the ring",
    FREEZE,
    "setWord(HEADER_BATCH_END, word(HEADER_RING_TAIL) - 1);",
  ),
  ring(
    "batch-long",
    "I-RR1",
    "the batch ends one entry behind the ring",
    FREEZE,
    "setWord(HEADER_BATCH_END, word(HEADER_RING_TAIL) + 1);",
  ),
  tick(
    "batch-first",
    "due timers belong to the batch",
    "the batch is frozen before the due timers join",
    "promoteDueTimers(now);\n  freezeBatch();",
    "freezeBatch();\n  promoteDueTimers(now);",
  ),
  tick(
    "due-late",
    "a timer is due at its deadline",
    "a timer is due only after its deadline",
    "while (isTimerDue(now))",
    "while (isTimerDue(now - 0.0625))",
  ),
  tick(
    "due-one",
    "every due timer fires",
    "one due timer fires in each iteration",
    "while (isTimerDue(now))",
    "if (isTimerDue(now))",
  ),
  tick("due-kind", "I-RR2", "a due timer stays a timer while it is in the ring", PROMOTE, "field(slot, SLOT_META)"),
  tick("due-generation", "I-ST1", "a due timer forgets its slot's generation", PROMOTE, "KIND_CALLBACK"),
  entry(
    "task-tag",
    "I-RR2",
    "a new task is pushed as a callback",
    "pushEntry((slot << ENTRY_SHIFT) | ENTRY_TASK)",
    "pushEntry((slot << ENTRY_SHIFT) | ENTRY_CALLBACK)",
  ),
  entry(
    "refused-callback",
    "a refusal changes nothing",
    "a callback without a slot is pushed all the same",
    "if (slot != 0) pushEntry((slot << ENTRY_SHIFT) | ENTRY_CALLBACK);",
    "pushEntry((slot << ENTRY_SHIFT) | ENTRY_CALLBACK);",
  ),
  entry(
    "refused-task",
    "a refusal changes nothing",
    "a task without a slot is pushed all the same",
    "if (slot != 0) pushEntry((slot << ENTRY_SHIFT) | ENTRY_TASK);",
    "pushEntry((slot << ENTRY_SHIFT) | ENTRY_TASK);",
  ),
];
