// The Future state machine: a slot from the first waiter to the settling, no longer.
import assert from "node:assert/strict";
import {
  ENTRY_CALLBACK,
  ENTRY_OBSERVER,
  ENTRY_TASK,
  FAULT_SLOT_KIND,
  KIND_CALLBACK,
  KIND_FREE,
  KIND_FUTURE,
  KIND_OBSERVER,
  KIND_TASK,
  META_OBSERVED,
} from "../../assembly/codes.js";
import { entryOf, RawCore } from "../support/rawCore.js";
import { openFutureInPlace, settleInPlace, waitInPlace } from "./inPlace.js";
import { assertTraps, testChecked, testCore } from "./testCore.js";

function openObserver(core: RawCore): number {
  return entryOf(core.exports.slotTake(KIND_OBSERVER), ENTRY_OBSERVER);
}

/** A Future and `count` observers that wait for it. */
function awaitedFuture(core: RawCore, count: number): { slot: number; waiters: number[] } {
  const slot = core.exports.slotTake(KIND_FUTURE);
  const waiters = Array.from({ length: count }, () => openObserver(core));
  for (const waiter of waiters) assert.equal(core.exports.futureWait(slot, waiter), 1);
  return { slot, waiters };
}

testCore("settling makes every waiter ready in the order in which they came", (core) => {
  const { slot, waiters } = awaitedFuture(core, 4);
  const before = core.exports.callbackOpen();
  core.exports.futureSettle(slot);
  assert.deepEqual(core.entries(), [entryOf(before, ENTRY_CALLBACK), ...waiters]);
});

testCore("I-FT1: a settled Future has no slot, and neither have its nodes", (core) => {
  const { slot, waiters } = awaitedFuture(core, 4);
  const meta = core.metaOf(slot);
  assert.equal(core.exports.slotsLive(), 1 + waiters.length + 3);
  core.exports.futureSettle(slot);
  assert.equal(core.kindOf(slot), KIND_FREE);
  assert.notEqual(core.metaOf(slot), meta);
  assert.equal(core.exports.slotsLive(), waiters.length);
});

testCore("I-FT1: a Future that is settled in place has no slot", (core) => {
  core.exports.slotFree(core.exports.slotTake(KIND_FUTURE));
  const task = entryOf(core.exports.slotTake(KIND_TASK), ENTRY_TASK);
  core.exports.slotFree(core.exports.slotTake(KIND_FUTURE));
  const slot = openFutureInPlace(core, task);
  assert.equal(core.kindOf(slot), KIND_FUTURE);
  settleInPlace(core, slot);
  assert.equal(core.kindOf(slot), KIND_FREE);
  assert.deepEqual(core.entries(), [task]);
  assert.equal(core.exports.slotsLive(), 1);
});

testCore("settling in place leaves the same memory as settling by call", (core) => {
  const other = new RawCore(core.build);
  const [inPlace, byCall] = [core, other].map((each) => {
    each.exports.slotFree(each.exports.slotTake(KIND_CALLBACK));
    return awaitedFuture(each, 1).slot;
  });
  settleInPlace(core, inPlace!);
  other.exports.futureSettle(byCall!);
  assert.deepEqual(core.words, other.words);
});

testCore("a Future that was opened in place takes further waiters by call", (core) => {
  const first = openObserver(core);
  core.exports.slotFree(core.exports.slotTake(KIND_FUTURE));
  const slot = openFutureInPlace(core, first);
  const second = openObserver(core);
  const third = openObserver(core);
  core.exports.futureWait(slot, second);
  core.exports.futureWait(slot, third);
  assert.deepEqual(core.waiters(slot), [first, second, third]);
  core.exports.futureSettle(slot);
  assert.deepEqual(core.entries(), [first, second, third]);
});

testCore("a task's slot outlives its steps and holds its waiters", (core) => {
  const task = core.exports.taskOpen();
  const waiter = openObserver(core);
  core.exports.tick(0);
  assert.equal(core.pop(), entryOf(task, ENTRY_TASK));
  core.exports.futureWait(task, waiter);
  core.exports.ringPush(entryOf(task, ENTRY_TASK));
  core.exports.tick(0);
  assert.equal(core.pop(), entryOf(task, ENTRY_TASK));
  core.exports.futureSettle(task);
  assert.deepEqual(core.entries(), [waiter]);
  assert.equal(core.kindOf(task), KIND_FREE);
});

testCore("closing gives the slot and the nodes back and wakes nobody", (core) => {
  const { slot, waiters } = awaitedFuture(core, 3);
  core.exports.futureClose(slot);
  assert.equal(core.ringLength(), 0);
  assert.equal(core.exports.slotsLive(), waiters.length);
});

testCore("a Future without waiters settles into nothing", (core) => {
  const slot = core.exports.slotTake(KIND_FUTURE);
  core.exports.futureSettle(slot);
  assert.equal(core.ringLength(), 0);
  assert.equal(core.exports.slotsLive(), 0);
});

testCore("an observer marks what it waits for as observed, until the slot is free", (core) => {
  const slot = core.exports.slotTake(KIND_FUTURE);
  core.exports.futureWait(slot, entryOf(core.exports.slotTake(KIND_TASK), ENTRY_TASK));
  assert.equal(core.metaOf(slot) & META_OBSERVED, 0);
  core.exports.futureWait(slot, openObserver(core));
  assert.equal(core.metaOf(slot) & META_OBSERVED, META_OBSERVED);
  core.exports.futureSettle(slot);
  assert.equal(core.metaOf(slot) & META_OBSERVED, 0);
});

testCore("the first waiter, written in place, is like one that came by a call", (core) => {
  const other = new RawCore(core.build);
  const [inPlace, byCall] = [core, other].map((each) => ({
    task: each.exports.taskOpen(),
    waiter: openObserver(each),
  }));
  waitInPlace(core, inPlace!.task, inPlace!.waiter);
  other.exports.futureWait(byCall!.task, byCall!.waiter);
  assert.deepEqual(core.words, other.words);
});

testCore("a waiter may wait again as soon as it has been woken", (core) => {
  const { slot, waiters } = awaitedFuture(core, 1);
  core.exports.futureSettle(slot);
  core.exports.tick(0);
  assert.equal(core.pop(), waiters[0]);
  const again = core.exports.slotTake(KIND_FUTURE);
  core.exports.futureWait(again, waiters[0]!);
  core.exports.futureSettle(again);
  assert.deepEqual(core.entries(), waiters);
});

const WRONG_KINDS = [
  { what: "a callback", open: (core: RawCore) => core.exports.slotTake(KIND_CALLBACK) },
  { what: "a timer that is not the first", open: (core: RawCore) => [2, 1, 3].map(core.exports.timerOpen).at(-1)! },
  { what: "a free slot", open: freedSlot },
];

function freedSlot(core: RawCore): number {
  const slot = core.exports.slotTake(KIND_FUTURE);
  core.exports.slotFree(core.exports.slotTake(KIND_FUTURE));
  core.exports.slotFree(slot);
  return slot;
}

for (const { what, open } of WRONG_KINDS) {
  testChecked(`treating ${what} as a Future is a fault, and nothing has been made ready`, (core) => {
    const slot = open(core);
    const acts = [
      () => core.exports.futureSettle(slot),
      () => core.exports.futureClose(slot),
      () => core.exports.futureWait(slot, 4),
      () => core.exports.futureUnwait(slot, 4),
    ];
    for (const act of acts) assertTraps(core, FAULT_SLOT_KIND, act);
    assert.equal(core.ringLength(), 0);
  });
}
