// The ready ring: first in, first out, over every boundary of its counters.
import assert from "node:assert/strict";
import {
  ENTRY_CALLBACK,
  ENTRY_OBSERVER,
  ENTRY_TASK,
  HEADER_BATCH_END,
  HEADER_RING_HEAD,
  HEADER_RING_MASK,
  HEADER_RING_TAIL,
  HEADER_SLOT_CAPACITY,
  KIND_CALLBACK,
  KIND_OBSERVER,
  KIND_TASK,
} from "../../assembly/codes.js";
import { entryOf, slotOf, type RawCore } from "../support/rawCore.js";
import { freeInPlace, pushInPlace } from "./inPlace.js";
import { testCore } from "./testCore.js";

function openCallbacks(core: RawCore, count: number): number[] {
  return Array.from({ length: count }, () => entryOf(core.exports.callbackOpen(), ENTRY_CALLBACK));
}

/** A whole batch. */
function popAll(core: RawCore): number[] {
  return Array.from({ length: core.exports.tick(0) }, () => core.pop());
}

testCore("entries leave the ring in the order in which they were pushed", (core) => {
  const callback = entryOf(core.exports.callbackOpen(), ENTRY_CALLBACK);
  const task = entryOf(core.exports.taskOpen(), ENTRY_TASK);
  const observer = entryOf(core.exports.slotTake(KIND_OBSERVER), ENTRY_OBSERVER);
  core.exports.ringPush(observer);
  assert.deepEqual(popAll(core), [callback, task, observer]);
  assert.equal(core.ringLength(), 0);
});

testCore("I-RR1: the batch ends between head and tail while entries come and go", (core) => {
  const batch = openCallbacks(core, 3);
  assert.equal(core.exports.tick(0), 3);
  const later = openCallbacks(core, 2);
  assert.equal(core.batchLength(), 3);
  assert.equal(core.ringLength(), 5);
  assert.deepEqual([core.pop(), core.pop(), core.pop()], batch);
  assert.equal(core.word(HEADER_RING_HEAD), core.word(HEADER_BATCH_END));
  assert.deepEqual(core.entries(), later);
});

testCore("I-RR2: every entry names a live slot whose kind suits its tag", (core) => {
  const observer = core.exports.slotTake(KIND_OBSERVER);
  core.exports.ringPush(entryOf(observer, ENTRY_OBSERVER));
  const callback = core.exports.callbackOpen();
  const task = core.exports.taskOpen();
  const timer = core.exports.timerOpen(5);
  core.exports.tick(5);
  const kinds = [observer, callback, task, timer].map((slot) => core.kindOf(slot));
  assert.deepEqual(kinds, [KIND_OBSERVER, KIND_CALLBACK, KIND_TASK, KIND_CALLBACK]);
  assert.deepEqual(core.entries().map(slotOf), [observer, callback, task, timer]);
});

testCore("I-RR3: with every slot in it once, the ring still has room", (core) => {
  const slots = openCallbacks(core, core.word(HEADER_SLOT_CAPACITY) - 1).map(slotOf);
  assert.equal(new Set(slots).size, slots.length);
  assert.ok(core.ringLength() <= core.word(HEADER_RING_MASK));
  assert.deepEqual(core.entries().map(slotOf), slots);
});

testCore("an entry pushed in place is like one that was pushed by a call", (core) => {
  const first = entryOf(core.exports.slotTake(KIND_CALLBACK), ENTRY_CALLBACK);
  const second = entryOf(core.exports.slotTake(KIND_CALLBACK), ENTRY_CALLBACK);
  core.exports.ringPush(first);
  pushInPlace(core, second);
  const third = openCallbacks(core, 1);
  assert.deepEqual(popAll(core), [first, second, ...third]);
});

for (const [what, boundary] of [["signed", 2 ** 31] as const, ["unsigned", 2 ** 32] as const]) {
  testCore(`order is kept where the counters pass the end of the ${what} range`, (core) => {
    core.setCounters(boundary - 3);
    const entries = openCallbacks(core, 3);
    for (const entry of openCallbacks(core, 3)) entries.push(entry);
    pushInPlace(core, entryOf(core.exports.slotTake(KIND_CALLBACK), ENTRY_CALLBACK));
    assert.equal(core.word(HEADER_RING_TAIL), (boundary + 4) % 2 ** 32);
    assert.deepEqual(popAll(core).slice(0, 6), entries);
    assert.equal(core.ringLength(), 0);
  });

  testCore(`a ring that lies across the end of the ${what} range keeps its order when it grows`, (core) => {
    core.setCounters(boundary - 500);
    const mask = core.word(HEADER_RING_MASK);
    const entries = openCallbacks(core, 1023);
    assert.equal(core.word(HEADER_RING_MASK), mask);
    for (const entry of openCallbacks(core, 3000)) entries.push(entry);
    assert.ok(core.word(HEADER_RING_MASK) > mask);
    assert.deepEqual(core.entries(), entries);
  });
}

testCore("a batch keeps its length when the ring grows", (core) => {
  core.setCounters(2 ** 32 - 10);
  openCallbacks(core, 100);
  assert.equal(core.exports.tick(0), 100);
  openCallbacks(core, 2000);
  assert.equal(core.batchLength(), 100);
});

testCore("a million ready entries leave in order and give every slot back", (core) => {
  const slots = openCallbacks(core, 1_000_000).map(slotOf);
  core.check();
  assert.equal(core.exports.tick(0), slots.length);
  for (const slot of slots) {
    const entry = core.pop();
    if (entry !== entryOf(slot, ENTRY_CALLBACK)) assert.equal(entry, entryOf(slot, ENTRY_CALLBACK));
    freeInPlace(core, slot);
  }
  assert.equal(core.exports.slotsLive(), 0);
});
