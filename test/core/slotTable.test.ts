// The slot table: lives, generations, and the list of free slots.
import assert from "node:assert/strict";
import {
  ENTRY_OBSERVER,
  FAULT_SLOT_FREE_TWICE,
  FAULT_SLOT_RANGE,
  HEADER_SLOT_CAPACITY,
  KIND_CALLBACK,
  KIND_FREE,
  KIND_FUTURE,
  KIND_OBSERVER,
  KIND_TASK,
  META_GENERATION_ONE,
  META_KIND_MASK,
  META_OBSERVED,
  SLOT_HEAD,
  SLOT_LINK,
  SLOT_META,
  SLOT_TAIL,
} from "../../assembly/codes.js";
import { entryOf, RawCore } from "../support/rawCore.js";
import { freeInPlace, openFutureInPlace } from "./inPlace.js";
import { assertTraps, testChecked, testCore } from "./testCore.js";

const LAST_GENERATION = 2 ** 24 - 1;
/** A waiter that is not looked at. */
const OBSERVER = entryOf(11, ENTRY_OBSERVER);

testCore("slots are given from 1 on, since slot 0 is nobody", (core) => {
  const slots = [KIND_FUTURE, KIND_TASK, KIND_CALLBACK].map((kind) => core.exports.slotTake(kind));
  assert.deepEqual(slots, [1, 2, 3]);
  assert.equal(core.exports.slotsLive(), 3);
});

testCore("the slot that was freed last is taken first", (core) => {
  const [a, b, c] = [1, 2, 3].map(() => core.exports.slotTake(KIND_TASK));
  for (const slot of [b!, a!, c!]) core.exports.slotFree(slot);
  assert.deepEqual(core.freeList(), [c, a, b]);
  const taken = [1, 2, 3, 4].map(() => core.exports.slotTake(KIND_TASK));
  assert.deepEqual(taken, [c, a, b, 4]);
});

testCore("a slot is taken with its kind and three empty words", (core) => {
  const slot = core.exports.slotTake(KIND_TASK);
  for (const index of [SLOT_LINK, SLOT_HEAD, SLOT_TAIL]) core.setField(slot, index, 99);
  core.setField(slot, SLOT_META, core.metaOf(slot) | META_OBSERVED);
  core.exports.slotFree(slot);
  assert.equal(core.exports.slotTake(KIND_OBSERVER), slot);
  assert.equal(core.metaOf(slot), META_GENERATION_ONE | KIND_OBSERVER);
  for (const index of [SLOT_LINK, SLOT_HEAD, SLOT_TAIL]) assert.equal(core.field(slot, index), 0);
});

testCore("I-ST1: no handle of a former life has the meta of its slot", (core) => {
  const former = new Set<number>();
  for (let life = 0; life < 100; life++) {
    const slot = core.exports.slotTake([KIND_FUTURE, KIND_CALLBACK][life % 2]!);
    assert.equal(slot, 1);
    assert.equal(core.generationOf(slot), life);
    assert.ok(!former.has(core.metaOf(slot)));
    former.add(core.metaOf(slot));
    core.exports.slotFree(slot);
    assert.ok(!former.has(core.metaOf(slot)));
  }
});

testCore("the generation wraps to 0 and leaves kind and flags alone", (core) => {
  const slot = core.exports.slotTake(KIND_TASK);
  core.setField(slot, SLOT_META, LAST_GENERATION * META_GENERATION_ONE + META_OBSERVED + KIND_TASK);
  core.exports.slotFree(slot);
  assert.equal(core.metaOf(slot), 0);
  assert.equal(core.exports.slotTake(KIND_CALLBACK), slot);
  assert.equal(core.metaOf(slot), KIND_CALLBACK);
});

testCore("a timer's handle of the highest generation is obeyed, though its meta has the sign bit", (core) => {
  const slot = core.exports.slotTake(KIND_TASK);
  core.setField(slot, SLOT_META, (LAST_GENERATION - 1) * META_GENERATION_ONE + KIND_TASK);
  core.exports.slotFree(slot);
  assert.equal(core.exports.timerOpen(1), slot);
  const meta = core.metaOf(slot);
  assert.equal(core.generationOf(slot), LAST_GENERATION);
  assert.equal(core.exports.timerCancel(slot, meta | 0), 1);
  assert.equal(core.exports.timerOpen(1), slot);
  assert.equal(core.exports.timerCancel(slot, meta), 0);
});

testCore("I-ST2: every slot is live, free once, or not yet used", (core) => {
  const slots = Array.from({ length: 3000 }, () => core.exports.slotTake(KIND_CALLBACK));
  const freed = slots.filter((slot) => slot % 3 === 0);
  for (const slot of freed) core.exports.slotFree(slot);
  const free = core.freeList();
  assert.deepEqual(new Set(free), new Set(freed));
  assert.equal(free.length, freed.length);
  for (const slot of slots) {
    assert.equal(core.kindOf(slot), slot % 3 === 0 ? KIND_FREE : KIND_CALLBACK);
  }
  for (let slot = 3001; slot < core.word(HEADER_SLOT_CAPACITY); slot++) assert.equal(core.metaOf(slot), 0);
  assert.equal(core.exports.slotsLive(), slots.length - freed.length);
});

testCore("taking and freeing in place leaves the same memory as by calls", (core) => {
  const other = new RawCore(core.build);
  for (const each of [core, other]) each.exports.slotFree(each.exports.slotTake(KIND_TASK));
  const byCall = other.exports.slotTake(KIND_FUTURE);
  other.exports.futureWait(byCall, OBSERVER);
  assert.equal(openFutureInPlace(core, OBSERVER), byCall);
  assert.deepEqual(core.words, other.words);
  freeInPlace(core, byCall);
  other.exports.slotFree(byCall);
  assert.deepEqual(core.words, other.words);
});

testCore("the free list has nothing to take in place before a first slot was freed", (core) => {
  assert.equal(openFutureInPlace(core, OBSERVER), 0);
  core.exports.slotTake(KIND_TASK);
  assert.equal(openFutureInPlace(core, OBSERVER), 0);
  assert.equal(core.exports.slotsLive(), 1);
});

testCore("a million slots are all different and all come back", (core) => {
  const slots = Array.from({ length: 1_000_000 }, () => core.exports.slotTake(KIND_CALLBACK));
  assert.ok(slots.every((slot, i) => slot === i + 1));
  for (const slot of slots) core.exports.slotFree(slot);
  assert.equal(core.exports.slotsLive(), 0);
  assert.equal(
    slots.every((slot) => (core.metaOf(slot) & META_KIND_MASK) === KIND_FREE),
    true,
  );
});

testChecked("freeing a slot twice is a fault", (core) => {
  const slot = core.exports.slotTake(KIND_TASK);
  core.exports.slotFree(slot);
  assertTraps(core, FAULT_SLOT_FREE_TWICE, () => core.exports.slotFree(slot));
});

testChecked("freeing slot 0 is a fault", (core) => {
  assertTraps(core, FAULT_SLOT_RANGE, () => core.exports.slotFree(0));
});

testChecked("freeing a slot that was never used is a fault", (core) => {
  assertTraps(core, FAULT_SLOT_RANGE, () => core.exports.slotFree(1));
});
