// The ABI: every function that the host may call, one line each. Numbers only. One instance is one loop.
// A result of 0 where a slot is expected means: memory can not grow, nothing has changed.
import {
  ENTRY_CALLBACK,
  ENTRY_SHIFT,
  ENTRY_TASK,
  HEADER_PAGE_LIMIT,
  HEADER_TIMERS_CANCELLED,
  HEADER_TIMERS_OPENED,
  KIND_CALLBACK,
  KIND_TASK,
  KIND_TIMER,
} from "./codes";
import { closeFuture, settleFuture, stopWaiting, waitForFuture } from "./futureTable";
import { layOut, setWord } from "./memory";
import { pushEntry } from "./readyRing";
import { countLive, freeSlot, isCurrent, kindOf, takeSlot } from "./slotTable";
import { count } from "./stats";
import { beginIteration } from "./tick";
import { cancelTimer, earliestDeadline, openTimer } from "./timerHeap";

layOut();

/** A slot of that kind, not in the ring. */
export function slotTake(kind: u32): u32 {
  return takeSlot(kind);
}

export function slotFree(slot: u32): void {
  freeSlot(slot);
}

/** How many slots are not free. */
export function slotsLive(): u32 {
  return countLive();
}

/** Puts an entry (slot << ENTRY_SHIFT | tag) behind what is ready. */
export function ringPush(entry: u32): void {
  pushEntry(entry);
}

/** A callback's slot, already ready to run. */
export function callbackOpen(): u32 {
  const slot = takeSlot(KIND_CALLBACK);
  if (slot != 0) pushEntry((slot << ENTRY_SHIFT) | ENTRY_CALLBACK);
  return slot;
}

/** A task's slot, its first step already ready to run. */
export function taskOpen(): u32 {
  const slot = takeSlot(KIND_TASK);
  if (slot != 0) pushEntry((slot << ENTRY_SHIFT) | ENTRY_TASK);
  return slot;
}

/** A timer's slot; when it is due, tick() makes a ready callback of it. */
export function timerOpen(deadline: f64): u32 {
  const slot = openTimer(deadline);
  if (slot != 0) count(HEADER_TIMERS_OPENED);
  return slot;
}

/** Whether a timer was pending under (slot, meta) and is cancelled now. */
export function timerCancel(slot: u32, meta: u32): bool {
  if (!isCurrent(slot, meta) || kindOf(slot) != KIND_TIMER) return false;
  cancelTimer(slot);
  count(HEADER_TIMERS_CANCELLED);
  return true;
}

/** The earliest deadline, Infinity without timers. */
export function timerDeadline(): f64 {
  return earliestDeadline();
}

/** Adds a waiter to a Future's or Task's list. False: memory can not grow. */
export function futureWait(slot: u32, waiter: u32): bool {
  return waitForFuture(slot, waiter);
}

/** Forgets a waiter; how many times it stood in the list. */
export function futureUnwait(slot: u32, waiter: u32): u32 {
  return stopWaiting(slot, waiter);
}

/** Makes every waiter ready, in order, and gives the slot back. */
export function futureSettle(slot: u32): void {
  settleFuture(slot);
}

/** Gives the slot back without making anybody ready. */
export function futureClose(slot: u32): void {
  closeFuture(slot);
}

/** Begins an iteration at the time `now`: the size of the frozen batch. */
export function tick(now: f64): u32 {
  return beginIteration(now);
}

/** Lets memory grow to this many 64 KiB pages and no further. */
export function memoryLimit(pages: u32): void {
  setWord(HEADER_PAGE_LIMIT, pages);
}
