// Core: one instance of the WebAssembly core, its linear memory as 32-bit words, and the objects behind its slots.
//
// Calls are for what the core alone can do. The two paths that run millions of times a second, pushing to the ready
// ring and the single waiter of a Future, work on the words in place: a call costs more than the work (measured: 41 ns
// a task switch in place, 48 with a call; bench/cases/boundary). Both sides keep the protocol of assembly/README.md.
import {
  ABI_VERSION,
  ENTRY_SHIFT,
  ENTRY_TASK,
  HEADER_FAULT,
  HEADER_HEAP_LENGTH,
  HEADER_LAYOUT,
  HEADER_RING_BASE,
  HEADER_RING_HEAD,
  HEADER_RING_MASK,
  HEADER_RING_TAIL,
  HEADER_SLOT_BASE,
  HEADER_SLOT_CAPACITY,
  HEADER_SLOT_FREE,
  HEADER_VERSION,
  KIND_FUTURE,
  KIND_TASK,
  META_GENERATION_ONE,
  SLOT_HEAD,
  SLOT_LINK,
  SLOT_META,
  SLOT_SHIFT,
  SLOT_TAIL,
} from "../../assembly/codes.js";
import { InternalError } from "../errors/errors.js";
import type { CoreExports } from "./exports.js";
import { faultName } from "./faultNames.js";
import { instantiate } from "./instantiate.js";

/** What a slot stands for on this side: the driver calls it when its entry's turn comes. */
export interface Payload {
  /** @internal */
  _run(): void;
}

/** Beyond this length `new Array(n)` makes a dictionary. */
const MAX_PREALLOCATED = 32 * 1024 * 1024;

/** As long as the slot table from the start: a store far beyond an array's end would turn it into a dictionary. */
function enlarged(payloads: (Payload | undefined)[], length: number): (Payload | undefined)[] {
  if (length <= payloads.length) return payloads;
  const next = new Array<Payload | undefined>(Math.min(length, MAX_PREALLOCATED));
  for (let i = 0; i < payloads.length; i++) next[i] = payloads[i];
  for (let i = payloads.length; i < next.length; i++) next[i] = undefined;
  while (next.length < length) next.push(undefined);
  return next;
}

export class Core {
  readonly exports: CoreExports;
  /** Linear memory; replaced when it grows, so never kept over a call that may take a slot. */
  declare words: Int32Array;
  /** Base of the ring and of the slot table, in words; the ring's mask. They change with HEADER_LAYOUT. */
  declare ring: number;
  declare mask: number;
  declare slots: number;
  declare layout: number;
  /** A Future's slot that was just given up, kept for the next one to be awaited; 0 without. Between slices always 0. */
  declare private spare: number;
  /** By slot: a task, handle, timer or observer from its opening until it has run or is done. */
  declare payloads: (Payload | undefined)[];

  constructor() {
    this.exports = instantiate();
    this.payloads = [];
    this.spare = 0;
    this.refresh();
    const version = this.words[HEADER_VERSION];
    if (version !== ABI_VERSION) {
      throw new InternalError(`the core speaks version ${version} of the ABI, the bindings version ${ABI_VERSION}`);
    }
  }

  refresh(): void {
    const words = new Int32Array(this.exports.memory.buffer);
    this.words = words;
    this.ring = words[HEADER_RING_BASE]!;
    this.mask = words[HEADER_RING_MASK]!;
    this.slots = words[HEADER_SLOT_BASE]!;
    this.layout = words[HEADER_LAYOUT]!;
    this.payloads = enlarged(this.payloads, words[HEADER_SLOT_CAPACITY]!);
  }

  /** After a call that may have grown memory. A detached view reads `undefined`, which differs as well. */
  private settleLayout(slot: number): number {
    if (this.words[HEADER_LAYOUT] !== this.layout) this.refresh();
    if (slot === 0) throw new RangeError("the event loop's memory can not grow any further; nothing was scheduled");
    return slot;
  }

  /** A trap of the core, made readable; any other error comes back as it is. */
  fault(error: unknown): unknown {
    if (!(error instanceof WebAssembly.RuntimeError)) return error;
    const name = faultName(new Int32Array(this.exports.memory.buffer)[HEADER_FAULT]!);
    return new InternalError(`the WebAssembly core stopped with fault ${name}`, { cause: error });
  }

  /** A ready callback; `payload` runs in the next iteration. */
  openCallback(payload: Payload): number {
    const slot = this.settleLayout(this.exports.callbackOpen());
    this.payloads[slot] = payload;
    return slot;
  }

  /** A task whose first step runs in the next iteration. */
  openTask(payload: Payload): number {
    const slot = this.takeInPlace(KIND_TASK, 0);
    if (slot === 0) return this.openTaskByCall(payload);
    this.payloads[slot] = payload;
    this.push((slot << ENTRY_SHIFT) | ENTRY_TASK);
    return slot;
  }

  /** openTask where no slot is free. */
  openTaskByCall(payload: Payload): number {
    const slot = this.settleLayout(this.exports.taskOpen());
    this.payloads[slot] = payload;
    return slot;
  }

  openTimer(deadline: number, payload: Payload): number {
    const slot = this.settleLayout(this.exports.timerOpen(deadline));
    this.payloads[slot] = payload;
    return slot;
  }

  /** A slot of another kind, not in the ring. */
  take(kind: number, payload: Payload | undefined): number {
    const slot = this.takeInPlace(kind, 0) || this.settleLayout(this.exports.slotTake(kind));
    if (payload !== undefined) this.payloads[slot] = payload;
    return slot;
  }

  metaOf(slot: number): number {
    return this.words[this.slots + (slot << SLOT_SHIFT) + SLOT_META]!;
  }

  cancelTimer(slot: number, meta: number): boolean {
    if (this.exports.timerCancel(slot, meta) === 0) return false;
    this.payloads[slot] = undefined;
    return true;
  }

  /** Gives back a slot that is in neither ring nor heap. */
  release(slot: number): void {
    this.payloads[slot] = undefined;
    const words = this.words;
    const at = this.slots + (slot << SLOT_SHIFT);
    words[at] = (words[at]! & -META_GENERATION_ONE) + META_GENERATION_ONE;
    words[at + SLOT_LINK] = words[HEADER_SLOT_FREE]!;
    words[HEADER_SLOT_FREE] = slot;
  }

  push(entry: number): void {
    const words = this.words;
    const tail = words[HEADER_RING_TAIL]!;
    words[this.ring + (tail & this.mask)] = entry;
    words[HEADER_RING_TAIL] = tail + 1;
  }

  /** A Future's slot with its first waiter already in it: the spare one, or the free list's head, taken in place. */
  openFuture(waiter: number): number {
    const words = this.words;
    const spare = this.spare;
    if (spare !== 0) {
      this.spare = 0;
      words[this.slots + (spare << SLOT_SHIFT) + SLOT_LINK] = waiter;
      return spare;
    }
    const slot = this.takeInPlace(KIND_FUTURE, waiter);
    return slot === 0 ? this.openFutureByCall(waiter) : slot;
  }

  /** The free list's head, or 0 when the list is empty. */
  private takeInPlace(kind: number, waiter: number): number {
    const words = this.words;
    const slot = words[HEADER_SLOT_FREE]!;
    if (slot === 0) return 0;
    const at = this.slots + (slot << SLOT_SHIFT);
    words[HEADER_SLOT_FREE] = words[at + SLOT_LINK]!;
    words[at] = words[at]! | kind;
    words[at + SLOT_LINK] = waiter;
    words[at + SLOT_HEAD] = 0;
    words[at + SLOT_TAIL] = 0;
    return slot;
  }

  /** Gives up the slot of a settled Future, with no waiter and no node in it. */
  closeFuture(slot: number): void {
    if (this.spare !== 0) {
      this.release(slot);
      return;
    }
    this.spare = slot;
    this.words[this.slots + (slot << SLOT_SHIFT) + SLOT_LINK] = 0;
  }

  /** Gives the spare slot back to the free list, so that only what is in use is taken. */
  returnSpare(): void {
    const slot = this.spare;
    if (slot === 0) return;
    this.spare = 0;
    this.release(slot);
  }

  /** openFuture where no slot is free. */
  openFutureByCall(waiter: number): number {
    const slot = this.take(KIND_FUTURE, undefined);
    this.exports.futureWait(slot, waiter);
    return slot;
  }

  /** Adds a waiter to a slot that already has one, or is a task's. */
  wait(slot: number, waiter: number): void {
    this.settleLayout(this.exports.futureWait(slot, waiter));
  }

  /** Takes back each occurrence of a waiter; how many there were. */
  unwait(slot: number, waiter: number): number {
    return this.exports.futureUnwait(slot, waiter);
  }

  /** Makes all waiters ready, in order, and gives the slot back. */
  settle(slot: number): void {
    this.payloads[slot] = undefined;
    this.exports.futureSettle(slot);
  }

  /** Gives the slot back and makes nobody ready. */
  close(slot: number): void {
    this.payloads[slot] = undefined;
    this.exports.futureClose(slot);
  }

  /** Begins an iteration: what is due by `now` becomes ready, and the batch is frozen. */
  tick(now: number): void {
    this.exports.tick(now);
  }

  timerDeadline(): number {
    return this.exports.timerDeadline();
  }

  /** Whether anything is ready. */
  isReady(): boolean {
    return this.words[HEADER_RING_HEAD] !== this.words[HEADER_RING_TAIL];
  }

  timersPending(): number {
    return this.words[HEADER_HEAP_LENGTH]!;
  }
}
