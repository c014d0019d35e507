// One iteration of the loop begins here, as asyncio's _run_once does:
//   1. due timers go to the ready ring, in (deadline, sequence) order, behind what is already ready;
//   2. the batch is frozen: what is added meanwhile runs next time.
// The host runs the batch, skipping what was cancelled meanwhile, and comes back. The core is told the time; it never
// asks for it.
import {
  ENTRY_CALLBACK,
  ENTRY_SHIFT,
  HEADER_RING_HEAD,
  HEADER_RING_TAIL,
  HEADER_TICKS,
  HEADER_TIMERS_FIRED,
  KIND_CALLBACK,
  META_KIND_MASK,
  SLOT_META,
} from "./codes";
import { word } from "./memory";
import { freezeBatch, pushEntry } from "./readyRing";
import { field, setField } from "./slotTable";
import { count } from "./stats";
import { isTimerDue, removeTimer, timerAt } from "./timerHeap";

function promoteDueTimers(now: f64): void {
  while (isTimerDue(now)) {
    const slot = timerAt(0);
    removeTimer(0);
    setField(slot, SLOT_META, (field(slot, SLOT_META) & ~META_KIND_MASK) | KIND_CALLBACK);
    pushEntry((slot << ENTRY_SHIFT) | ENTRY_CALLBACK);
    count(HEADER_TIMERS_FIRED);
  }
}

/** How many entries the batch has. */
export function beginIteration(now: f64): u32 {
  promoteDueTimers(now);
  freezeBatch();
  count(HEADER_TICKS);
  return word(HEADER_RING_TAIL) - word(HEADER_RING_HEAD);
}
