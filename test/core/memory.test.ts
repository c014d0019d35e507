// Linear memory: three regions that grow under their content, and what happens where memory ends.
import assert from "node:assert/strict";
import {
  ENTRY_CALLBACK,
  ENTRY_OBSERVER,
  HEADER_GROWTHS,
  HEADER_HEAP_BASE,
  HEADER_HEAP_CAPACITY,
  HEADER_HEAP_LENGTH,
  HEADER_LAYOUT,
  HEADER_PAGE_LIMIT,
  HEADER_RING_BASE,
  HEADER_RING_MASK,
  HEADER_SLOT_BASE,
  HEADER_SLOT_CAPACITY,
  HEADER_WORDS,
  KIND_FUTURE,
  KIND_OBSERVER,
  KIND_TASK,
} from "../../assembly/codes.js";
import { entryOf, slotOf, type RawCore } from "../support/rawCore.js";
import { testCore } from "./testCore.js";

const SLOT_WORDS = 4;
const HEAP_NODE_WORDS = 4;
const PAGE_WORDS = 16384;

/** I-ME1 */
function assertLayout(core: RawCore): void {
  const slotBase = core.word(HEADER_RING_BASE) + core.word(HEADER_RING_MASK) + 1;
  const heapBase = slotBase + core.word(HEADER_SLOT_CAPACITY) * SLOT_WORDS;
  const end = heapBase + core.word(HEADER_HEAP_CAPACITY) * HEAP_NODE_WORDS;
  assert.equal(core.word(HEADER_RING_BASE), HEADER_WORDS);
  assert.equal(core.word(HEADER_SLOT_BASE), slotBase);
  assert.equal(core.word(HEADER_HEAP_BASE), heapBase);
  assert.equal(heapBase % 2, 0, "a deadline is a double and lies on its own size");
  assert.ok(end <= core.pages() * PAGE_WORDS);
}

/** Takes slots until memory is at its end. */
function takeAll(core: RawCore): number[] {
  const slots: number[] = [];
  for (let slot = core.exports.slotTake(KIND_TASK); slot !== 0; slot = core.exports.slotTake(KIND_TASK)) {
    slots.push(slot);
  }
  return slots;
}

/** Something of everything, with the ring across the wrap of its counters. */
function fill(core: RawCore): { entries: number[]; timers: number[]; future: number; waiters: number[] } {
  core.setCounters(2 ** 32 - 100);
  const entries = Array.from({ length: 300 }, () => entryOf(core.exports.callbackOpen(), ENTRY_CALLBACK));
  const timers = Array.from({ length: 300 }, (_, i) => core.exports.timerOpen(300 - i));
  const future = core.exports.slotTake(KIND_FUTURE);
  const waiters = Array.from({ length: 50 }, () => entryOf(core.exports.slotTake(KIND_OBSERVER), ENTRY_OBSERVER));
  for (const waiter of waiters) core.exports.futureWait(future, waiter);
  return { entries, timers, future, waiters };
}

testCore("I-ME1: the regions touch and end within memory, however much they have grown", (core) => {
  assertLayout(core);
  for (let round = 0; round < 14; round++) {
    for (let i = 0; i < 700; i++) core.exports.timerOpen(i);
    assertLayout(core);
    for (let i = 0; i < 700; i++) core.exports.callbackOpen();
    assertLayout(core);
  }
  assert.equal(core.word(HEADER_HEAP_LENGTH), 9800);
});

testCore("a loop with less than a thousand records stays in its first page", (core) => {
  for (let i = 0; i < 1023; i++) core.exports.timerOpen(i);
  assert.equal(core.pages(), 1);
  assert.equal(core.word(HEADER_GROWTHS), 0);
});

testCore("a growing slot table moves the other regions without changing what is in them", (core) => {
  const { entries, timers, future, waiters } = fill(core);
  for (let i = 0; i < 20_000; i++) core.exports.slotTake(KIND_TASK);
  assert.ok(core.word(HEADER_GROWTHS) >= 4);
  assert.deepEqual(core.entries(), entries);
  assert.deepEqual(core.waiters(future), waiters);
  core.check();
  core.exports.futureSettle(future);
  core.exports.tick(300);
  assert.deepEqual(core.entries(), [...entries, ...waiters, ...timers.reverse().map((slot) => slot * 4)]);
});

testCore("a growing heap moves nothing", (core) => {
  const { entries, timers, future, waiters } = fill(core);
  for (const slot of Array.from({ length: 1024 }, () => core.exports.slotTake(KIND_TASK))) core.exports.slotFree(slot);
  const bases = [HEADER_RING_BASE, HEADER_SLOT_BASE, HEADER_HEAP_BASE].map((index) => core.word(index));
  for (let i = 0; i < 800; i++) timers.unshift(core.exports.timerOpen(-i));
  assert.deepEqual(
    [HEADER_RING_BASE, HEADER_SLOT_BASE, HEADER_HEAP_BASE].map((index) => core.word(index)),
    bases,
  );
  assert.equal(core.word(HEADER_HEAP_CAPACITY), 2048);
  assert.deepEqual(core.entries(), entries);
  assert.deepEqual(core.waiters(future), waiters);
  core.exports.tick(300);
  const fired = core.entries().slice(entries.length).map(slotOf);
  assert.deepEqual(fired, [...timers.slice(0, 800), ...timers.slice(800).reverse()]);
});

testCore("the layout word changes with every growth, and with nothing else", (core) => {
  assert.equal(core.word(HEADER_LAYOUT), 0);
  for (let i = 0; i < 1023; i++) core.exports.callbackOpen();
  assert.equal(core.word(HEADER_LAYOUT), 0);
  core.exports.callbackOpen();
  assert.equal(core.word(HEADER_LAYOUT), 1);
  assert.equal(core.word(HEADER_GROWTHS), 1);
});

testCore("slots that growth adds are empty even where other regions had been", (core) => {
  for (let i = 0; i < 1023; i++) core.exports.timerOpen(i / 3);
  core.exports.tick(Infinity);
  const last = core.exports.slotTake(KIND_TASK);
  for (let slot = last + 1; slot < core.word(HEADER_SLOT_CAPACITY); slot++) assert.equal(core.metaOf(slot), 0);
});

const OPENINGS = [
  { name: "slotTake", open: (core: RawCore) => core.exports.slotTake(KIND_TASK) },
  { name: "callbackOpen", open: (core: RawCore) => core.exports.callbackOpen() },
  { name: "taskOpen", open: (core: RawCore) => core.exports.taskOpen() },
  { name: "timerOpen", open: (core: RawCore) => core.exports.timerOpen(-1) },
];

for (const { name, open } of OPENINGS) {
  testCore(`at the memory limit ${name} gives 0 and not a word of memory has changed`, (core) => {
    fill(core);
    core.exports.memoryLimit(1);
    takeAll(core);
    const before = core.words.slice();
    assert.equal(open(core), 0);
    assert.deepEqual(core.words, before);
  });

  testCore(`after a refusal ${name} works again as soon as a slot is free`, (core) => {
    core.exports.memoryLimit(1);
    const slots = takeAll(core);
    assert.equal(open(core), 0);
    core.exports.slotFree(slots[7]!);
    assert.equal(open(core), slots[7]);
    assert.equal(open(core), 0);
  });

  testCore(`after a refusal ${name} works again when the limit is raised`, (core) => {
    core.exports.memoryLimit(1);
    const slots = takeAll(core);
    assert.equal(open(core), 0);
    core.exports.memoryLimit(3);
    assert.equal(open(core), slots.length + 1);
  });
}

testCore("at the memory limit a second waiter is refused and the first still waits", (core) => {
  core.exports.memoryLimit(1);
  const [future, first, second] = takeAll(core);
  const waiters = [entryOf(first!, ENTRY_CALLBACK), entryOf(second!, ENTRY_CALLBACK)];
  assert.equal(core.exports.futureWait(future!, waiters[0]!), 1);
  const before = core.words.slice();
  assert.equal(core.exports.futureWait(future!, waiters[1]!), 0);
  assert.deepEqual(core.words, before);
  assert.deepEqual(core.waiters(future!), [waiters[0]]);
});

testCore("at the memory limit what needs no new slot still works", (core) => {
  const timer = core.exports.timerOpen(1);
  const cancelled = core.exports.timerOpen(2);
  const { future, entries, waiters } = fill(core);
  core.exports.memoryLimit(0);
  takeAll(core);
  assert.equal(core.exports.timerCancel(cancelled, core.metaOf(cancelled)), 1);
  core.exports.futureSettle(future);
  core.exports.tick(1);
  const ready = core.entries();
  assert.deepEqual(ready.slice(0, 350), [...entries, ...waiters]);
  assert.ok(ready.includes(entryOf(timer, ENTRY_CALLBACK)));
});

testCore("a full heap refuses a timer although slots are free", (core) => {
  core.exports.memoryLimit(1);
  while (core.exports.slotTake(KIND_TASK) < 1500);
  for (let slot = 1; slot <= 1500; slot++) core.exports.slotFree(slot);
  const timers: number[] = [];
  for (let slot = core.exports.timerOpen(0); slot !== 0; slot = core.exports.timerOpen(0)) timers.push(slot);
  assert.equal(timers.length, 1024);
  const before = core.words.slice();
  assert.equal(core.exports.timerOpen(0), 0);
  assert.deepEqual(core.words, before);
  assert.equal(core.exports.slotsLive(), 1024);
  core.exports.timerCancel(timers[3]!, core.metaOf(timers[3]!));
  assert.equal(core.exports.timerOpen(0), timers[3]);
});

testCore("a timer refused for want of a slot changes nothing but the room in the heap", (core) => {
  core.exports.memoryLimit(2);
  for (let i = 0; i < 1024; i++) core.exports.timerOpen(i);
  takeAll(core);
  const live = core.exports.slotsLive();
  assert.equal(core.exports.timerOpen(-1), 0);
  assert.equal(core.word(HEADER_HEAP_CAPACITY), 2048);
  assert.equal(core.word(HEADER_HEAP_LENGTH), 1024);
  assert.equal(core.exports.timerDeadline(), 0);
  assert.equal(core.exports.slotsLive(), live);
});

testCore("where doubling does not fit any more, slots are added by what fits", (core) => {
  core.exports.memoryLimit(8);
  const steps = new Set<number>();
  while (core.exports.callbackOpen() !== 0) steps.add(core.word(HEADER_SLOT_CAPACITY));
  assert.deepEqual([...steps], [1024, 2048, 4096, 8192, 16384, 20480, 23040]);
  assertLayout(core);
  assert.equal(core.ringLength(), 23039);
  assert.ok(core.entries().every((entry, i) => entry === entryOf(i + 1, ENTRY_CALLBACK)));
});

testCore("where doubling does not fit any more, the heap gets what fits", (core) => {
  for (let slot = 1; slot <= 6000; slot++) core.exports.slotTake(KIND_TASK);
  for (let slot = 1; slot <= 6000; slot++) core.exports.slotFree(slot);
  core.exports.memoryLimit(4);
  const steps = new Set<number>();
  const timers: number[] = [];
  for (let slot = core.exports.timerOpen(0); slot !== 0; slot = core.exports.timerOpen(-timers.length)) {
    timers.unshift(slot);
    steps.add(core.word(HEADER_HEAP_CAPACITY));
  }
  assert.deepEqual([...steps], [1024, 2048, 4096, 5120]);
  assertLayout(core);
  assert.equal(core.exports.tick(0), 5120);
  assert.deepEqual(core.entries().map(slotOf), timers);
});

testCore("the limit is a word of the header and counts pages", (core) => {
  assert.equal(core.word(HEADER_PAGE_LIMIT), 65536);
  core.exports.memoryLimit(12);
  assert.equal(core.word(HEADER_PAGE_LIMIT), 12);
  takeAll(core);
  assert.ok(core.pages() <= 12);
});
