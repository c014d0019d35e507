// What the inspector says in words; in the `debug` build only. The ids are those of README.md.
import { invariantsCheck } from "./checks";
import {
  FAULT_CALLBACK_LIST,
  FAULT_FREE_LIST,
  FAULT_HEAP_EARLIEST,
  FAULT_HEAP_KIND,
  FAULT_HEAP_ORDER,
  FAULT_HEAP_POSITION,
  FAULT_LAYOUT,
  FAULT_NONE,
  FAULT_RING_CAPACITY,
  FAULT_RING_DUPLICATE,
  FAULT_RING_ENTRY,
  FAULT_RING_ORDER,
  FAULT_SLOT_LOST,
  HEADER_BATCH_END,
  HEADER_GROWTHS,
  HEADER_RING_HEAD,
  HEADER_RING_TAIL,
  HEADER_TICKS,
  HEADER_TIMERS_CANCELLED,
  HEADER_TIMERS_FIRED,
  HEADER_TIMERS_OPENED,
} from "./codes";
import { word } from "./memory";
import { openScratch } from "./scratch";
import { slotsUsed } from "./slotTable";

function explain(fault: i32): string {
  if (fault == FAULT_RING_ORDER) return "I-RR1: the batch does not end between the ring's head and tail";
  if (fault == FAULT_RING_ENTRY) return "I-RR2: an entry of the ring names a slot that is not live or of another kind";
  if (fault == FAULT_RING_DUPLICATE) return "I-RR3: a slot stands in the ring twice";
  if (fault == FAULT_RING_CAPACITY) return "I-RR3: the ring has fewer places than there are slots or entries";
  if (fault == FAULT_HEAP_ORDER) return "I-TH1: a node of the timer heap fires before its parent";
  if (fault == FAULT_HEAP_POSITION) return "I-TH2: a timer names another place in the heap than its own";
  if (fault == FAULT_HEAP_KIND) return "I-TH2: a node of the timer heap names a slot that is no timer";
  if (fault == FAULT_HEAP_EARLIEST)
    return "I-TH3: a new timer is due before the time at which new timers are looked at";
  if (fault == FAULT_FREE_LIST) return "I-ST2: the free list has a live slot, a circle, or leaves the table";
  if (fault == FAULT_SLOT_LOST) return "I-ST2: a slot is neither live nor in the free list, or a timer not in the heap";
  if (fault == FAULT_CALLBACK_LIST) return "I-CL1: a list of waiters is cut off, runs in a circle, or ends elsewhere";
  if (fault == FAULT_LAYOUT) return "I-ME1: the regions do not touch, or do not end within memory";
  return "unknown";
}

export function reportInvariants(): string {
  openScratch();
  const fault = invariantsCheck();
  return fault == FAULT_NONE ? "all invariants hold" : `${explain(fault)} (fault ${fault})`;
}

export function nameCounters(): string {
  openScratch();
  return "ticks timersOpened timersFired timersCancelled growths entriesPushed entriesFrozen entriesTaken slotsUsed";
}

/** In the order of nameCounters. */
export function readCounters(): Uint32Array {
  openScratch();
  const counters = new Uint32Array(9);
  counters[0] = word(HEADER_TICKS);
  counters[1] = word(HEADER_TIMERS_OPENED);
  counters[2] = word(HEADER_TIMERS_FIRED);
  counters[3] = word(HEADER_TIMERS_CANCELLED);
  counters[4] = word(HEADER_GROWTHS);
  counters[5] = word(HEADER_RING_TAIL);
  counters[6] = word(HEADER_BATCH_END);
  counters[7] = word(HEADER_RING_HEAD);
  counters[8] = slotsUsed() - 1;
  return counters;
}
