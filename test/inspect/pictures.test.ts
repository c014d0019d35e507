// What the debug core hands out, through as-bind, of situations made by hand; and what is read from memory of the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ENTRY_CALLBACK,
  ENTRY_OBSERVER,
  ENTRY_TASK,
  HEADER_HEAP_BASE,
  HEADER_RING_BASE,
  HEADER_WORDS,
  KIND_CALLBACK,
  KIND_FUTURE,
  KIND_NODE,
  KIND_OBSERVER,
  KIND_TASK,
  KIND_TIMER,
  PICTURE_WORDS,
} from "../../assembly/codes.js";
import { makeDebugCore } from "../../bindings/inspect/debugCore.js";
import { MemoryPictures } from "../../bindings/inspect/memoryPictures.js";
import type { Inspector, Pictures } from "../../bindings/inspect/pictures.js";
import { entryOf, RawCore } from "../support/rawCore.js";

interface Scene {
  readonly core: RawCore;
  readonly inspector: Inspector;
  /** From the core itself, and from its memory. */
  readonly sources: () => readonly Pictures[];
}

function scene(): Scene {
  const { exports, inspector } = makeDebugCore();
  const core = new RawCore("debug", exports);
  return { core, inspector, sources: () => [inspector, new MemoryPictures(exports.memory)] };
}

function assertPicture(
  { sources }: Scene,
  draw: (pictures: Pictures) => ArrayLike<number>,
  expected: readonly (readonly number[])[],
): void {
  for (const source of sources()) assert.deepEqual(Array.from(draw(source)), expected.flat());
}

const ring = (pictures: Pictures): ArrayLike<number> => pictures.ringPicture();
const heap = (pictures: Pictures): ArrayLike<number> => pictures.heapPicture();
const slots = (pictures: Pictures): ArrayLike<number> => pictures.slotPicture();

test("a new core has nothing in any picture", () => {
  const it = scene();
  for (const draw of [ring, heap, slots]) assertPicture(it, draw, []);
});

test("the ring's picture has slot, tag, kind and generation of each entry, oldest first", () => {
  const it = scene();
  const { exports } = it.core;
  exports.slotFree(exports.slotTake(KIND_TASK));
  const task = exports.taskOpen();
  const callback = exports.callbackOpen();
  assertPicture(it, ring, [
    [task, ENTRY_TASK, KIND_TASK, 1],
    [callback, ENTRY_CALLBACK, KIND_CALLBACK, 0],
  ]);
});

test("the ring's picture follows the counters across their end", () => {
  const it = scene();
  it.core.setCounters(2 ** 32 - 1);
  const first = it.core.exports.callbackOpen();
  const second = it.core.exports.callbackOpen();
  assertPicture(it, ring, [
    [first, ENTRY_CALLBACK, KIND_CALLBACK, 0],
    [second, ENTRY_CALLBACK, KIND_CALLBACK, 0],
  ]);
});

test("the heap's picture has slot, deadline, sequence and generation of each node, as they lie, new ones last", () => {
  const it = scene();
  const late = it.core.exports.timerOpen(20.5);
  const never = it.core.exports.timerOpen(Infinity);
  const early = it.core.exports.timerOpen(-3);
  it.core.exports.timerDeadline();
  const next = it.core.exports.timerOpen(1);
  assertPicture(it, heap, [
    [early, -3, 2, 0],
    [never, Infinity, 1, 0],
    [late, 20.5, 0, 0],
    [next, 1, 3, 0],
  ]);
});

test("the slots' picture leaves out what is free and says who is observed", () => {
  const it = scene();
  const { exports } = it.core;
  const future = exports.slotTake(KIND_FUTURE);
  const freed = exports.slotTake(KIND_TASK);
  const observer = exports.slotTake(KIND_OBSERVER);
  const timer = exports.timerOpen(1);
  exports.slotFree(freed);
  exports.futureWait(future, entryOf(observer, ENTRY_OBSERVER));
  assertPicture(it, slots, [
    [future, KIND_FUTURE, 1, 0],
    [observer, KIND_OBSERVER, 0, 0],
    [timer, KIND_TIMER, 0, 0],
  ]);
});

test("the waiters of a Future are in its picture, first come first, and their nodes among the slots", () => {
  const it = scene();
  const { exports } = it.core;
  const future = exports.slotTake(KIND_FUTURE);
  const task = exports.slotTake(KIND_TASK);
  const observer = exports.slotTake(KIND_OBSERVER);
  const callback = exports.slotTake(KIND_CALLBACK);
  exports.futureWait(future, entryOf(callback, ENTRY_CALLBACK));
  exports.futureWait(future, entryOf(task, ENTRY_TASK));
  exports.futureWait(future, entryOf(observer, ENTRY_OBSERVER));
  assertPicture(it, (pictures) => pictures.waiterPicture(future), [
    [callback, ENTRY_CALLBACK, KIND_CALLBACK, 0],
    [task, ENTRY_TASK, KIND_TASK, 0],
    [observer, ENTRY_OBSERVER, KIND_OBSERVER, 0],
  ]);
  for (const source of it.sources()) {
    const kinds = Array.from(source.slotPicture()).filter((_, i) => i % PICTURE_WORDS === 1);
    assert.deepEqual(kinds, [KIND_FUTURE, KIND_TASK, KIND_OBSERVER, KIND_CALLBACK, KIND_NODE, KIND_NODE]);
  }
});

test("nobody waits for a Future without waiters, for what is no Future, and for what is no slot", () => {
  const it = scene();
  const future = it.core.exports.slotTake(KIND_FUTURE);
  const timer = it.core.exports.timerOpen(1);
  for (const slot of [future, timer, 0, 999, 2 ** 32 - 1]) {
    assertPicture(it, (pictures) => pictures.waiterPicture(slot), []);
  }
});

test("asking changes no word of header, ring, slots and heap", () => {
  const { core, inspector } = scene();
  for (let i = 0; i < 100; i++) {
    core.exports.taskOpen();
    core.exports.timerOpen(i);
  }
  const header = (): Uint32Array => core.words.slice(0, HEADER_WORDS);
  const regions = (): Uint32Array => core.words.slice(core.word(HEADER_RING_BASE), core.word(HEADER_HEAP_BASE) + 400);
  const before = [header(), regions()];
  inspector.ringPicture();
  inspector.heapPicture();
  inspector.slotPicture();
  inspector.invariantReport();
  inspector.counterValues();
  assert.deepEqual([header(), regions()], before);
});

test("asking again and again takes no more memory than asking once", () => {
  const { core, inspector } = scene();
  for (let i = 0; i < 3000; i++) core.exports.taskOpen();
  inspector.slotPicture();
  const pages = core.pages();
  for (let i = 0; i < 100; i++) inspector.slotPicture();
  assert.equal(core.pages(), pages);
});

test("the structures grow over what was handed out, and it leaves nothing behind in them", () => {
  const { core, inspector } = scene();
  for (let i = 0; i < 1000; i++) core.exports.timerOpen(i);
  inspector.heapPicture();
  for (let i = 0; i < 5000; i++) core.exports.taskOpen();
  core.check();
  assert.equal(inspector.heapPicture().length, 4000);
  assert.equal(inspector.ringPicture().length, 20_000);
  assert.equal(core.exports.slotsLive(), 6000);
});
