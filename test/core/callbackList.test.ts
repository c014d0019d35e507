// Callback lists: one waiter in the Future's own slot, the others in nodes.
import assert from "node:assert/strict";
import {
  ENTRY_OBSERVER,
  KIND_FREE,
  KIND_FUTURE,
  KIND_NODE,
  KIND_OBSERVER,
  SLOT_HEAD,
  SLOT_LINK,
  SLOT_TAIL,
} from "../../assembly/codes.js";
import { entryOf, type RawCore } from "../support/rawCore.js";
import { testCore } from "./testCore.js";

interface List {
  readonly slot: number;
  readonly waiters: readonly number[];
}

function openList(core: RawCore, count: number): List {
  const slot = core.exports.slotTake(KIND_FUTURE);
  const waiters = Array.from({ length: count }, () => entryOf(core.exports.slotTake(KIND_OBSERVER), ENTRY_OBSERVER));
  for (const waiter of waiters) core.exports.futureWait(slot, waiter);
  return { slot, waiters };
}

/** I-CL1, word by word. */
function assertList(core: RawCore, slot: number, waiters: readonly number[]): void {
  assert.deepEqual(core.waiters(slot), waiters);
  const nodes = core.nodes(slot);
  assert.equal(nodes.length, Math.max(0, waiters.length - 1));
  assert.equal(core.field(slot, SLOT_LINK), waiters[0] ?? 0);
  assert.equal(core.field(slot, SLOT_HEAD), nodes[0] ?? 0);
  assert.equal(core.field(slot, SLOT_TAIL), nodes.at(-1) ?? 0);
  for (const node of nodes) assert.equal(core.kindOf(node), KIND_NODE);
  core.check();
}

testCore("I-CL1: a list starts in the slot and ends at tail, whatever its length", (core) => {
  for (const count of [0, 1, 2, 3, 50]) {
    const { slot, waiters } = openList(core, count);
    assertList(core, slot, waiters);
  }
});

testCore("the only waiter of a Future needs no node", (core) => {
  openList(core, 1);
  assert.equal(core.exports.slotsLive(), 2);
});

for (const [which, index] of [["first", 0] as const, ["second", 1] as const, ["last", 4] as const]) {
  testCore(`I-CL1: without its ${which} waiter the list keeps the order of the others`, (core) => {
    const { slot, waiters } = openList(core, 5);
    const lastNode = core.field(slot, SLOT_TAIL);
    const live = core.exports.slotsLive();
    assert.equal(core.exports.futureUnwait(slot, waiters[index]!), 1);
    assertList(
      core,
      slot,
      waiters.filter((_, i) => i !== index),
    );
    assert.equal(core.exports.slotsLive(), live - 1);
    assert.equal(core.kindOf(lastNode), index === 4 ? KIND_FREE : KIND_NODE);
  });
}

testCore("I-CL1: a list from which everybody was removed takes waiters again", (core) => {
  const { slot, waiters } = openList(core, 3);
  for (const [i, waiter] of waiters.entries()) {
    assert.equal(core.exports.futureUnwait(slot, waiter), 1);
    assertList(core, slot, waiters.slice(i + 1));
  }
  for (const waiter of [...waiters].reverse()) core.exports.futureWait(slot, waiter);
  assertList(core, slot, [...waiters].reverse());
});

testCore("a waiter can be added behind a removed last one", (core) => {
  const { slot, waiters } = openList(core, 3);
  const [first, second, third] = waiters;
  core.exports.futureUnwait(slot, third!);
  core.exports.futureWait(slot, third!);
  assertList(core, slot, [first!, second!, third!]);
});

testCore("removing forgets each occurrence of a waiter and tells how many there were", (core) => {
  const { slot, waiters } = openList(core, 2);
  const [often, other] = waiters;
  for (const waiter of [often!, other!, often!]) core.exports.futureWait(slot, waiter);
  assertList(core, slot, [often!, other!, often!, other!, often!]);
  assert.equal(core.exports.futureUnwait(slot, often!), 3);
  assertList(core, slot, [other!, other!]);
  assert.equal(core.exports.futureUnwait(slot, other!), 2);
  assertList(core, slot, []);
});

testCore("removing a waiter that is not there removes nothing", (core) => {
  const { slot, waiters } = openList(core, 3);
  assert.equal(core.exports.futureUnwait(slot, entryOf(slot, ENTRY_OBSERVER)), 0);
  assertList(core, slot, waiters);
});

testCore("lists that grow in turns do not mix", (core) => {
  const lists = Array.from({ length: 20 }, () => openList(core, 1));
  const expected = lists.map(({ waiters }) => [...waiters]);
  for (let round = 0; round < 80; round++) {
    const { slot } = lists[round % lists.length]!;
    const waiter = entryOf(core.exports.slotTake(KIND_OBSERVER), ENTRY_OBSERVER);
    core.exports.futureWait(slot, waiter);
    expected[round % lists.length]!.push(waiter);
  }
  for (const [i, { slot }] of lists.entries()) assertList(core, slot, expected[i]!);
});

testCore("a list of a hundred thousand waiters is woken in order and leaves only them", (core) => {
  const { slot, waiters } = openList(core, 100_000);
  core.exports.futureSettle(slot);
  assert.deepEqual(core.entries(), waiters);
  assert.equal(core.exports.slotsLive(), waiters.length);
});
