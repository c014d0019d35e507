// Who waits for whom. A waiter waits once at a time, except where an operation lets it stand in one list twice; it is
// forgotten there before the list becomes ready, since a slot may stand in the ring only once.
import assert from "node:assert/strict";
import {
  ENTRY_OBSERVER,
  ENTRY_TAG_MASK,
  ENTRY_TASK,
  KIND_FUTURE,
  KIND_NODE,
  KIND_OBSERVER,
  KIND_TASK,
  META_OBSERVED,
} from "../../../assembly/codes.js";
import { entryOf } from "../../support/rawCore.js";
import { freeInPlace, openFutureInPlace, settleInPlace, waitInPlace } from "../inPlace.js";
import type { World } from "./world.js";

/** A task that is idle, else a new observer; 0 when memory is at its end. `other`: who must not wait for itself. */
function someWaiter(world: World, other: number): number {
  const tasks = world.idleOf(KIND_TASK);
  const task = world.random.chance(0.5) ? tasks.pick(world.random) : 0;
  if (task !== 0 && task !== other) {
    tasks.delete(task);
    return entryOf(task, ENTRY_TASK);
  }
  const observer = world.idleOf(KIND_OBSERVER).draw(world.random) || world.takeSlot(KIND_OBSERVER);
  return observer === 0 ? 0 : entryOf(observer, ENTRY_OBSERVER);
}

/** False when the waiter needed a node and memory was at its end. */
function wait(world: World, slot: number, waiter: number): boolean {
  const isFirst = world.futures.waiters(slot).length === 0;
  if (isFirst && world.random.chance(0.5)) {
    waitInPlace(world.core, slot, waiter);
  } else if (world.core.exports.futureWait(slot, waiter) === 0) {
    assert.ok(!isFirst, "the first waiter needs no memory");
    world.refused(KIND_NODE);
    return false;
  }
  world.futures.wait(slot, waiter);
  const meta = world.slots.live.get(slot)!;
  const isNewlyObserved = (waiter & ENTRY_TAG_MASK) === ENTRY_OBSERVER && (meta & META_OBSERVED) === 0;
  if (isNewlyObserved) world.slots.change(slot, (meta | META_OBSERVED) >>> 0);
  return true;
}

export function openFuture(world: World): boolean {
  const waiter = someWaiter(world, 0);
  if (waiter === 0) return true;
  const inPlace = world.random.chance(0.7) ? openFutureInPlace(world.core, waiter) : 0;
  if (inPlace !== 0) {
    const isObserved = (waiter & ENTRY_TAG_MASK) === ENTRY_OBSERVER;
    world.taken(inPlace, KIND_FUTURE, isObserved ? META_OBSERVED : 0);
    world.futures.wait(inPlace, waiter);
    world.awaited.add(inPlace);
    return true;
  }
  const slot = world.idleOf(KIND_FUTURE).draw(world.random) || world.takeSlot(KIND_FUTURE);
  if (slot === 0) {
    world.becomesIdle(waiter);
    return true;
  }
  wait(world, slot, waiter);
  world.awaited.add(slot);
  return true;
}

/** One more waiter for a Future, or for a task. */
export function addWaiter(world: World): boolean {
  const { random, awaited } = world;
  const slot = random.chance(0.7) ? awaited.pick(random) : world.idleOf(KIND_TASK).pick(random);
  if (slot === 0) return false;
  const waiter = someWaiter(world, slot);
  if (waiter !== 0 && !wait(world, slot, waiter)) world.becomesIdle(waiter);
  return true;
}

/** A waiter that is in the list already. */
export function repeatWaiter(world: World): boolean {
  const slot = world.awaited.pick(world.random);
  const waiters = world.futures.waiters(slot);
  if (waiters.length === 0) return false;
  wait(world, slot, world.random.pick(waiters));
  return true;
}

function forget(world: World, slot: number, waiter: number): void {
  const times = world.core.exports.futureUnwait(slot, waiter);
  assert.equal(times, world.futures.unwait(slot, waiter));
  if (times > 0) world.becomesIdle(waiter);
}

export function removeWaiter(world: World): boolean {
  const slot = world.awaited.pick(world.random);
  if (slot === 0) return false;
  const waiters = world.futures.waiters(slot);
  const isThere = waiters.length !== 0 && world.random.chance(0.8);
  forget(world, slot, isThere ? world.random.pick(waiters) : entryOf(slot, ENTRY_OBSERVER));
  return true;
}

function end(world: World, slot: number): void {
  const { core, futures } = world;
  const waiters = futures.waiters(slot);
  for (const waiter of new Set(waiters.filter((each, i) => waiters.indexOf(each) !== i))) forget(world, slot, waiter);
  const left = futures.end(slot);
  const isInPlace = left.length <= 1 && world.random.chance(0.7);
  if (world.random.chance(0.2)) {
    if (isInPlace) freeInPlace(core, slot);
    else core.exports.futureClose(slot);
    for (const waiter of left) world.becomesIdle(waiter);
  } else {
    if (isInPlace) settleInPlace(core, slot);
    else core.exports.futureSettle(slot);
    for (const waiter of left) world.ready.push(waiter);
  }
  world.freed(slot);
}

export function endFuture(world: World): boolean {
  const slot = world.awaited.draw(world.random);
  if (slot === 0) return false;
  end(world, slot);
  return true;
}

export function endTask(world: World): boolean {
  const slot = world.idleOf(KIND_TASK).draw(world.random);
  if (slot === 0) return false;
  end(world, slot);
  return true;
}
