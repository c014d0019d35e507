// Timers opened, cancelled and fired; deadlines are close together, so that many are equal.
import assert from "node:assert/strict";
import { KIND_TIMER } from "../../../assembly/codes.js";
import type { World } from "./world.js";

function someDeadline({ random, now }: World): number {
  const choice = random.below(16);
  if (choice === 0) return Infinity;
  if (choice === 1) return now - random.below(8);
  if (choice === 2) return now + random.uint32() / 2 ** 20;
  return now + random.below(1024);
}

export function openTimer(world: World): boolean {
  const deadline = someDeadline(world);
  const slot = world.core.exports.timerOpen(deadline);
  if (!world.taken(slot, KIND_TIMER)) return true;
  world.timerRecords.set(slot, world.timers.open(slot, deadline));
  world.pendingTimers.add(slot);
  return true;
}

export function cancelTimer(world: World): boolean {
  const slot = world.pendingTimers.draw(world.random);
  if (slot === 0) return false;
  assert.equal(world.core.exports.timerCancel(slot, world.slots.live.get(slot)!), 1);
  world.timers.cancel(world.timerRecords.get(slot)!);
  world.timerRecords.delete(slot);
  world.freed(slot);
  return true;
}

export function lookAtDeadline(world: World): boolean {
  assert.equal(world.core.exports.timerDeadline(), world.timers.deadline());
  return true;
}

export function advance(world: World): boolean {
  world.iterate(world.now + world.random.below(3));
  return true;
}
