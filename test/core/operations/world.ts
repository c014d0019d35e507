// A core and its models side by side. Whatever an operation does to the one it does to the other, here.
import assert from "node:assert/strict";
import {
  ENTRY_CALLBACK,
  ENTRY_TAG_MASK,
  HEADER_HEAP_CAPACITY,
  HEADER_HEAP_LENGTH,
  HEADER_SLOT_CAPACITY,
  HEADER_SLOT_FREE,
  KIND_CALLBACK,
  KIND_FUTURE,
  KIND_OBSERVER,
  KIND_TASK,
  KIND_TIMER,
  META_GENERATION_ONE,
  META_KIND_MASK,
} from "../../../assembly/codes.js";
import { makeDebugCore } from "../../../bindings/inspect/debugCore.js";
import type { Inspector } from "../../../bindings/inspect/pictures.js";
import { FutureModel, ReadyModel, SlotModel, TimerModel, type TimerRecord } from "../../support/models.js";
import { entryOf, kindOfTag, RawCore, slotOf, type Build } from "../../support/rawCore.js";
import type { Random } from "../../support/seed.js";
import { freeInPlace, freezeInPlace, pushInPlace } from "../inPlace.js";
import { Bag } from "./bag.js";

const UNLIMITED_PAGES = 65536;

/** Where the ring's counters may start: at the ends of the signed and the unsigned range, among others. */
const COUNTERS = [0, 2 ** 31 - 700, 2 ** 32 - 700];

/** Changes a core and its models; each assertion in it is a difference between the two. False: nothing to do it on. */
export type Operation = (world: World) => boolean;

export class World {
  readonly core: RawCore;
  /** Draws pictures of the core; only of the debug build. */
  readonly inspector: Inspector | null;
  readonly random: Random;
  readonly ready = new ReadyModel();
  readonly slots = new SlotModel();
  readonly timers = new TimerModel();
  readonly futures = new FutureModel();
  /** By slot, what the timer model needs to cancel it. */
  readonly timerRecords = new Map<number, TimerRecord>();
  readonly pendingTimers = new Bag();
  /** Futures with a waiter, each with a slot of its own. */
  readonly awaited = new Bag();
  /** By kind: live slots that are in no ring, heap or list. */
  readonly idle = new Map<number, Bag>([
    [KIND_FUTURE, new Bag()],
    [KIND_TASK, new Bag()],
    [KIND_CALLBACK, new Bag()],
    [KIND_OBSERVER, new Bag()],
  ]);
  now = 0;
  /** Pages; memory that is larger already stays. */
  limit = UNLIMITED_PAGES;
  /** How often memory was refused; whoever chooses operations lets the world shrink then. */
  refusals = 0;

  constructor(build: Build, random: Random) {
    const debug = build === "debug" ? makeDebugCore() : null;
    this.core = debug === null ? new RawCore(build) : new RawCore(build, debug.exports);
    this.inspector = debug?.inspector ?? null;
    this.random = random;
    this.core.setCounters(random.pick([...COUNTERS, random.uint32()]));
    if (random.chance(1 / 3)) this.limitMemory(1);
  }

  idleOf(kind: number): Bag {
    return this.idle.get(kind)!;
  }

  limitMemory(pages: number): void {
    this.core.exports.memoryLimit(pages);
    this.limit = Math.max(pages, this.core.pages());
  }

  liftLimit(): void {
    this.core.exports.memoryLimit(UNLIMITED_PAGES);
    this.limit = UNLIMITED_PAGES;
  }

  /** Enters the slot that a taking function gave; false when it gave 0, and then rightly. */
  taken(slot: number, kind: number, flags = 0): boolean {
    if (slot === 0) {
      this.refused(kind);
      return false;
    }
    const generation = this.core.generationOf(slot);
    assert.equal(this.core.metaOf(slot), generation * META_GENERATION_ONE + flags + kind);
    this.slots.take(slot, this.core.metaOf(slot), generation);
    return true;
  }

  /** Refusing is right only under a limit, with no slot left; or no place in the heap. */
  refused(kind: number): void {
    assert.ok(this.isLimited(), "memory was refused without a limit");
    this.refusals++;
    const isHeapFull = this.core.word(HEADER_HEAP_LENGTH) === this.core.word(HEADER_HEAP_CAPACITY);
    if (kind === KIND_TIMER && isHeapFull) return;
    assert.equal(this.core.word(HEADER_SLOT_FREE), 0, "memory was refused with a free slot at hand");
    assert.equal(this.liveSlots() + 1, this.core.word(HEADER_SLOT_CAPACITY));
  }

  isLimited(): boolean {
    return this.limit !== UNLIMITED_PAGES;
  }

  liveSlots(): number {
    return this.slots.live.size + this.futures.nodes();
  }

  /** Takes a slot that stands nowhere, by a call; 0 when memory is at its end. */
  takeSlot(kind: number): number {
    const slot = this.core.exports.slotTake(kind);
    return this.taken(slot, kind) ? slot : 0;
  }

  freeSlot(slot: number): void {
    if (this.random.chance(0.5)) this.core.exports.slotFree(slot);
    else freeInPlace(this.core, slot);
    this.freed(slot);
  }

  freed(slot: number): void {
    const handle = this.slots.live.get(slot);
    this.slots.free(slot);
    assert.notEqual(this.core.metaOf(slot), handle, "I-ST1: the meta of a former life is current");
  }

  push(slot: number, tag: number): void {
    const entry = entryOf(slot, tag);
    if (this.random.chance(0.5)) this.core.exports.ringPush(entry);
    else pushInPlace(this.core, entry);
    this.ready.push(entry);
  }

  /** Begins an iteration: due timers, as callbacks, go behind what is ready; then the batch is frozen. */
  iterate(now: number): void {
    this.now = now;
    if (this.timers.deadline() > now && this.random.chance(0.5)) {
      freezeInPlace(this.core);
      this.ready.freeze();
      return;
    }
    for (const slot of this.timers.due(now)) {
      this.timerRecords.delete(slot);
      this.pendingTimers.delete(slot);
      this.slots.change(slot, ((this.slots.live.get(slot)! & ~META_KIND_MASK) | KIND_CALLBACK) >>> 0);
      this.ready.push(entryOf(slot, ENTRY_CALLBACK));
    }
    assert.equal(this.core.exports.tick(now), this.ready.freeze());
  }

  /** Takes one entry of the batch, as the driver does; its slot is idle then. */
  popEntry(): void {
    const entry = this.core.pop();
    assert.equal(entry, this.ready.pop());
    this.idleOf(kindOfTag(entry & ENTRY_TAG_MASK)).add(slotOf(entry));
  }

  /** A waiter that is forgotten, or never was accepted, is idle. */
  becomesIdle(waiter: number): void {
    this.idleOf(kindOfTag(waiter & ENTRY_TAG_MASK)).add(slotOf(waiter));
  }
}
