// Looks at everything: the whole core against the whole of its models, and the invariants.
import assert from "node:assert/strict";
import {
  HEADER_HEAP_CAPACITY,
  HEADER_HEAP_LENGTH,
  HEADER_RING_MASK,
  HEADER_SLOT_CAPACITY,
} from "../../../assembly/codes.js";
import { assertSame } from "./assertSame.js";
import { comparePictures } from "./comparePictures.js";
import type { World } from "./world.js";

function compareRing({ core, ready }: World): void {
  assertSame(core.entries(), ready.entries, "the ready ring");
  assert.equal(core.batchLength(), ready.batch);
  assert.ok(core.word(HEADER_RING_MASK) + 1 >= core.word(HEADER_SLOT_CAPACITY), "I-RR3: the ring is too small");
}

function compareTimers({ core, timers }: World): void {
  const length = core.word(HEADER_HEAP_LENGTH);
  assert.ok(length <= core.word(HEADER_HEAP_CAPACITY));
  const heap = Array.from({ length }, (_, position) => {
    const slot = core.timerAt(position);
    return { slot, deadline: core.deadlineAt(position), sequence: core.sequenceOf(slot) };
  });
  // Infinity minus itself is no number, so that the difference alone would not do.
  heap.sort((a, b) => (a.deadline === b.deadline ? a.sequence - b.sequence : a.deadline - b.deadline));
  const slots = timers.timers.map((timer) => timer.slot);
  assertSame(
    heap.map((node) => node.slot),
    slots,
    "the timer heap",
  );
  assert.equal(core.exports.timerDeadline(), timers.deadline());
}

function compareFutures({ core, futures }: World): void {
  for (const [slot, waiters] of futures.lists) assertSame(core.waiters(slot), waiters, `the waiters of slot ${slot}`);
}

function compareSlots(world: World): void {
  const { core, slots, futures } = world;
  for (const [slot, meta] of slots.live) {
    if (core.metaOf(slot) !== meta) assert.equal(core.metaOf(slot), meta, `the meta of slot ${slot}`);
  }
  const free = core.freeList();
  for (const slot of free) assert.ok(!slots.live.has(slot), `I-ST2: slot ${slot} is live and free`);
  assert.equal(new Set(free).size, free.length, "I-ST2: a slot is free twice");
  assert.equal(core.exports.slotsLive(), slots.live.size + futures.nodes());
}

export function compareAll(world: World): void {
  compareRing(world);
  compareTimers(world);
  compareFutures(world);
  compareSlots(world);
  world.core.check();
  // The limit is for the core's own structures, not for what an inspector needs to draw them.
  if (world.inspector === null) assert.ok(world.core.pages() <= world.limit);
  else comparePictures(world, world.inspector);
}
