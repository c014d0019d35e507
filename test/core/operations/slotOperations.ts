// Slots taken and freed, by call and in place, and handles of former lives.
import assert from "node:assert/strict";
import {
  KIND_CALLBACK,
  KIND_FUTURE,
  KIND_OBSERVER,
  KIND_TASK,
  SLOT_HEAD,
  SLOT_LINK,
  SLOT_TAIL,
} from "../../../assembly/codes.js";
import type { World } from "./world.js";

const IDLE_KINDS = [KIND_FUTURE, KIND_TASK, KIND_CALLBACK, KIND_OBSERVER];

export function takeIdle(world: World): boolean {
  const kind = world.random.pick(IDLE_KINDS);
  const slot = world.takeSlot(kind);
  if (slot === 0) return true;
  for (const index of [SLOT_LINK, SLOT_HEAD, SLOT_TAIL]) assert.equal(world.core.field(slot, index), 0);
  world.idleOf(kind).add(slot);
  return true;
}

/** A Task that is waited for ends by settling or closing; see futureOperations.ts. */
export function freeIdle(world: World): boolean {
  const kind = world.random.pick(IDLE_KINDS);
  const slot = world.idleOf(kind).pick(world.random);
  if (slot === 0 || world.futures.lists.has(slot)) return false;
  world.idleOf(kind).delete(slot);
  if (kind !== KIND_FUTURE || world.random.chance(0.5)) {
    world.freeSlot(slot);
  } else {
    world.core.exports.futureClose(slot);
    world.freed(slot);
  }
  return true;
}

/** What is no timer is not cancelled as one, however current its handle is. */
export function refuseIdle(world: World): boolean {
  const { core, random } = world;
  const slot = world.idleOf(random.pick(IDLE_KINDS)).pick(random);
  if (slot === 0) return false;
  assert.equal(core.exports.timerCancel(slot, core.metaOf(slot)), 0);
  return true;
}

export function refuseStale(world: World): boolean {
  const { core, random, slots } = world;
  if (slots.stale.length === 0) return false;
  const { slot, meta } = random.pick(slots.stale);
  assert.notEqual(core.metaOf(slot), meta, "I-ST1: the meta of a former life is current");
  assert.equal(core.exports.timerCancel(slot, meta), 0);
  return true;
}
