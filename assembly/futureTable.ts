// Future state machine, as far as the scheduler knows it.
//
//   no slot ──first waiter──▶ awaited ──settle──▶ no slot, waiters in the ready ring
//                               │  ▲
//                        remove └──┘ append
//
// A Future that nobody waits for costs the core nothing; its slot is taken by the first waiter and given back when the
// Future settles, once (I-FT1: a settled Future has no slot). A Task has a slot from its first step to its end, since
// the ring names it by that; the same slot holds its waiters. What a Future settles with is the host's business.
// The bindings do the commonest path in place, one waiter in and out, with the same words (loop/waiting.ts).
import { FAULT_SLOT_KIND, KIND_FUTURE, KIND_TASK, META_KIND_MASK, SLOT_META } from "./codes";
import { appendWaiter, freeNodes, removeWaiter, scheduleWaiters } from "./callbackList";
import { demand } from "./faults";
import { field, freeSlot } from "./slotTable";

function demandAwaitable(slot: u32): void {
  const kind = field(slot, SLOT_META) & META_KIND_MASK;
  demand(kind == KIND_FUTURE || kind == KIND_TASK, FAULT_SLOT_KIND);
}

export function waitForFuture(slot: u32, waiter: u32): bool {
  demandAwaitable(slot);
  return appendWaiter(slot, waiter);
}

export function stopWaiting(slot: u32, waiter: u32): u32 {
  demandAwaitable(slot);
  return removeWaiter(slot, waiter);
}

export function settleFuture(slot: u32): void {
  demandAwaitable(slot);
  scheduleWaiters(slot);
  closeFuture(slot);
}

/** The end of a Future whose waiters the host has scheduled itself. */
export function closeFuture(slot: u32): void {
  demandAwaitable(slot);
  freeNodes(slot);
  freeSlot(slot);
}
