// The inspector's part of the ABI, in the `debug` build only: strings and typed arrays, which as-bind takes over on the
// other side. What they hold stays valid until the next call.
import { drawHeap, drawRing, drawSlots, drawWaiters } from "./pictures";
import { nameCounters, readCounters, reportInvariants } from "./reports";

/** What is ready, oldest first: slot, tag, kind, generation. */
export function ringPicture(): Uint32Array {
  return drawRing();
}

/** The timers as they lie in the heap: slot, deadline, sequence, generation. */
export function heapPicture(): Float64Array {
  return drawHeap();
}

/** The slots that are not free: slot, kind, observed, generation. */
export function slotPicture(): Uint32Array {
  return drawSlots();
}

/** Who waits for a Future or Task, first come first: slot, tag, kind, generation. */
export function waiterPicture(slot: u32): Uint32Array {
  return drawWaiters(slot);
}

/** The first invariant that does not hold, by id and in words. */
export function invariantReport(): string {
  return reportInvariants();
}

/** Separated by spaces. */
export function counterNames(): string {
  return nameCounters();
}

/** In the order of their names. */
export function counterValues(): Uint32Array {
  return readCounters();
}
