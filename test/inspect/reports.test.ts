// What the debug core says in words.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  ENTRY_CALLBACK,
  ENTRY_OBSERVER,
  FAULT_CALLBACK_LIST,
  FAULT_FREE_LIST,
  FAULT_HEAP_EARLIEST,
  FAULT_HEAP_KIND,
  FAULT_HEAP_ORDER,
  FAULT_HEAP_POSITION,
  FAULT_LAYOUT,
  FAULT_RING_CAPACITY,
  FAULT_RING_DUPLICATE,
  FAULT_RING_ENTRY,
  FAULT_RING_ORDER,
  FAULT_SLOT_LOST,
  HEADER_BATCH_END,
  HEADER_HEAP_BASE,
  HEADER_HEAP_SORTED,
  HEADER_RING_MASK,
  HEADER_RING_TAIL,
  HEADER_SLOT_FREE,
  KIND_CALLBACK,
  KIND_FUTURE,
  KIND_OBSERVER,
  KIND_TASK,
  SLOT_LINK,
  SLOT_META,
  SLOT_TAIL,
} from "../../assembly/codes.js";
import { makeDebugCore } from "../../bindings/inspect/debugCore.js";
import { MemoryPictures } from "../../bindings/inspect/memoryPictures.js";
import type { Inspector } from "../../bindings/inspect/pictures.js";
import { entryOf, faultName, RawCore } from "../support/rawCore.js";

interface Scene {
  readonly core: RawCore;
  readonly inspector: Inspector;
  readonly callback: number;
  readonly future: number;
  readonly timers: readonly number[];
}

/** A ready callback, a Future with three waiters, timers, and a free slot. */
function busyScene(): Scene {
  const { exports, inspector } = makeDebugCore();
  const core = new RawCore("debug", exports);
  const callback = exports.callbackOpen();
  const future = exports.slotTake(KIND_FUTURE);
  for (let i = 0; i < 3; i++) exports.futureWait(future, entryOf(exports.slotTake(KIND_OBSERVER), ENTRY_OBSERVER));
  const timers = [5, 6, 7, 8].map((deadline) => exports.timerOpen(deadline));
  exports.timerDeadline();
  exports.slotFree(exports.slotTake(KIND_TASK));
  return { core, inspector, callback, future, timers };
}

test("a core in order reports that all invariants hold", () => {
  assert.equal(busyScene().inspector.invariantReport(), "all invariants hold");
});

/** A broken word for each fault that the walkers find. */
const BREAKS: readonly (readonly [fault: number, act: (scene: Scene) => void])[] = [
  [FAULT_RING_ORDER, ({ core }) => core.setWord(HEADER_BATCH_END, core.word(HEADER_BATCH_END) - 1)],
  [FAULT_RING_ENTRY, ({ core, callback }) => core.setField(callback, SLOT_META, KIND_TASK)],
  [FAULT_RING_DUPLICATE, ({ core, callback }) => core.exports.ringPush(entryOf(callback, ENTRY_CALLBACK))],
  [FAULT_RING_CAPACITY, ({ core }) => core.setWord(HEADER_RING_TAIL, 5000)],
  [FAULT_HEAP_ORDER, ({ core }) => core.setDeadline(1, 4)],
  [FAULT_HEAP_POSITION, ({ core, timers }) => core.setField(timers[2]!, SLOT_LINK, 3)],
  [FAULT_HEAP_KIND, ({ core, timers }) => core.setField(timers[0]!, SLOT_META, KIND_CALLBACK)],
  [FAULT_HEAP_EARLIEST, ({ core }) => core.setWord(HEADER_HEAP_SORTED, 5)],
  [FAULT_FREE_LIST, ({ core, future }) => core.setWord(HEADER_SLOT_FREE, future)],
  [FAULT_SLOT_LOST, ({ core }) => core.setWord(HEADER_SLOT_FREE, 0)],
  [FAULT_CALLBACK_LIST, ({ core, future }) => core.setField(future, SLOT_TAIL, 0)],
  [FAULT_LAYOUT, ({ core }) => core.setWord(HEADER_HEAP_BASE, core.word(HEADER_HEAP_BASE) + 4)],
];

/** The invariant of each fault, from the README's table. */
const README = readFileSync(new URL("../../../assembly/README.md", import.meta.url), "utf8");

function invariantOf(fault: number): string {
  const row = README.split("\n").find((line) => line.includes(`\`${faultName(fault)}\``))!;
  return /I-[A-Z]{2}\d/.exec(row)![0];
}

for (const [fault, act] of BREAKS) {
  test(`${faultName(fault)} is reported with the id of its invariant, in words`, () => {
    const scene = busyScene();
    act(scene);
    const report = scene.inspector.invariantReport();
    assert.ok(report.startsWith(`${invariantOf(fault)}: `), report);
    assert.ok(report.endsWith(` (fault ${fault})`), report);
    assert.doesNotMatch(report, /unknown/);
  });

  test(`pictures can be drawn of a core with ${faultName(fault)}`, () => {
    const scene = busyScene();
    act(scene);
    for (const source of [scene.inspector, new MemoryPictures(scene.core.exports.memory)]) {
      source.ringPicture();
      source.heapPicture();
      source.slotPicture();
      for (let slot = 0; slot < 20; slot++) source.waiterPicture(slot);
    }
  });
}

test("of a core whose regions are not where they should be, pictures are empty and the words still come", () => {
  const { core, inspector } = busyScene();
  core.setWord(HEADER_RING_MASK, 0x7fff_ffff);
  assert.match(inspector.invariantReport(), /^I-ME1: /);
  for (const source of [inspector, new MemoryPictures(core.exports.memory)]) {
    assert.equal(source.ringPicture().length, 0);
    assert.equal(source.heapPicture().length, 0);
    assert.equal(source.slotPicture().length, 0);
    assert.equal(source.waiterPicture(1).length, 0);
  }
});

test("asking a core with a broken layout again and again takes no more memory each time", () => {
  const { core, inspector } = busyScene();
  core.setWord(HEADER_HEAP_BASE, 7);
  inspector.invariantReport();
  const pages = core.pages();
  for (let i = 0; i < 50; i++) inspector.invariantReport();
  assert.equal(core.pages(), pages);
});

test("a list of waiters that runs in a circle is shown once around at most", () => {
  const { core, inspector, future } = busyScene();
  const [first, second] = core.nodes(future);
  core.setField(second!, SLOT_LINK, first!);
  for (const source of [inspector, new MemoryPictures(core.exports.memory)]) {
    assert.ok(source.waiterPicture(future).length <= 4 * 1025);
  }
});

test("the counters have a name each and count what was done", () => {
  const { exports, inspector } = makeDebugCore();
  const core = new RawCore("debug", exports);
  const timers = [1, 2, 50].map((deadline) => exports.timerOpen(deadline));
  exports.timerCancel(timers[2]!, core.metaOf(timers[2]!));
  exports.callbackOpen();
  exports.tick(10);
  core.pop();
  for (let i = 0; i < 1500; i++) exports.slotTake(KIND_TASK);
  const values = Array.from(inspector.counterValues());
  const named = Object.fromEntries(
    inspector
      .counterNames()
      .split(" ")
      .map((name, i) => [name, values[i]]),
  );
  assert.deepEqual(named, {
    ticks: 1,
    timersOpened: 3,
    timersFired: 2,
    timersCancelled: 1,
    growths: 1,
    entriesPushed: 3,
    entriesFrozen: 3,
    entriesTaken: 1,
    slotsUsed: 1503,
  });
});
