// What the debug core says of itself, through as-bind, against the models; and what is read from its memory against that.
import assert from "node:assert/strict";
import {
  ENTRY_SHIFT,
  ENTRY_TAG_MASK,
  KIND_NODE,
  META_GENERATION_SHIFT,
  META_KIND_MASK,
  META_OBSERVED,
  PICTURE_WORDS,
} from "../../../assembly/codes.js";
import { MemoryPictures } from "../../../bindings/inspect/memoryPictures.js";
import type { Inspector, Pictures } from "../../../bindings/inspect/pictures.js";
import { kindOfTag, slotOf } from "../../support/rawCore.js";
import { assertSame } from "./assertSame.js";
import type { World } from "./world.js";

function generationOf(world: World, slot: number): number {
  return world.slots.live.get(slot)! >>> META_GENERATION_SHIFT;
}

function entryRecords(world: World, entries: readonly number[]): number[] {
  return entries.flatMap((entry) => {
    const tag = entry & ENTRY_TAG_MASK;
    return [entry >>> ENTRY_SHIFT, tag, kindOfTag(tag), generationOf(world, slotOf(entry))];
  });
}

function timerRecords(world: World): number[] {
  const { timers } = world.timers;
  return timers.flatMap(({ slot, deadline, sequence }) => [slot, deadline, sequence, generationOf(world, slot)]);
}

function slotRecords({ slots }: World): number[] {
  const inOrder = [...slots.live].sort(([a], [b]) => a - b);
  return inOrder.flatMap(([slot, meta]) => [
    slot,
    meta & META_KIND_MASK,
    Number((meta & META_OBSERVED) !== 0),
    meta >>> META_GENERATION_SHIFT,
  ]);
}

function recordsOf(picture: ArrayLike<number>): number[][] {
  const numbers = Array.from(picture);
  const length = numbers.length / PICTURE_WORDS;
  return Array.from({ length }, (_, i) => numbers.slice(i * PICTURE_WORDS, (i + 1) * PICTURE_WORDS));
}

/** Only the heap knows how its nodes lie; in the order of firing they must be the model's. */
function inOrderOfFiring(heap: ArrayLike<number>): number[] {
  const nodes = recordsOf(heap);
  nodes.sort((a, b) => (a[1] === b[1] ? a[2]! - b[2]! : a[1]! - b[1]!));
  return nodes.flat();
}

function compareCounters({ ready }: World, pictures: Pictures): void {
  const names = pictures.counterNames().split(" ");
  const values = pictures.counterValues();
  const counter = (name: string): number => values[names.indexOf(name)]!;
  assert.equal((counter("entriesPushed") - counter("entriesTaken")) >>> 0, ready.entries.length);
  assert.equal((counter("entriesFrozen") - counter("entriesTaken")) >>> 0, ready.batch);
  const ended = counter("timersFired") + counter("timersCancelled");
  assert.equal(counter("timersOpened") - ended, pictures.heapPicture().length / PICTURE_WORDS);
}

function compareWithModels(world: World, pictures: Pictures): void {
  assertSame(pictures.ringPicture(), entryRecords(world, world.ready.entries), "the picture of the ring");
  assertSame(inOrderOfFiring(pictures.heapPicture()), timerRecords(world), "the picture of the heap");
  for (const [slot, waiters] of world.futures.lists) {
    assertSame(
      pictures.waiterPicture(slot),
      entryRecords(world, waiters),
      `the picture of the waiters of slot ${slot}`,
    );
  }
  const slots = recordsOf(pictures.slotPicture());
  const nodes = slots.filter(([, kind]) => kind === KIND_NODE);
  assert.equal(nodes.length, world.futures.nodes());
  assertSame(slots.filter(([, kind]) => kind !== KIND_NODE).flat(), slotRecords(world), "the picture of the slots");
  compareCounters(world, pictures);
}

export function comparePictures(world: World, inspector: Inspector): void {
  assert.equal(inspector.invariantReport(), "all invariants hold");
  compareWithModels(world, inspector);
  const memory = new MemoryPictures(world.core.exports.memory);
  compareWithModels(world, memory);
  assertSame(inspector.heapPicture(), memory.heapPicture(), "the heap in memory");
  assertSame(inspector.slotPicture(), memory.slotPicture(), "the slots in memory");
}
