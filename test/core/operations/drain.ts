// Brings a world to its end the way a closing loop does: everybody is woken, run and freed.
import assert from "node:assert/strict";
import { HEADER_HEAP_LENGTH, KIND_TASK } from "../../../assembly/codes.js";
import { compareAll } from "./compare.js";
import { endFuture, endTask } from "./futureOperations.js";
import { cancelTimer } from "./timerOperations.js";
import type { World } from "./world.js";

function freeEveryIdle(world: World): void {
  for (const [kind, bag] of world.idle) {
    while (bag.slots.length > 0) {
      if (kind === KIND_TASK) endTask(world);
      else world.freeSlot(bag.draw(world.random));
    }
  }
}

export function drain(world: World): void {
  while (world.timers.timers.length > 100) cancelTimer(world);
  while (world.slots.live.size > 0) {
    while (world.awaited.slots.length > 0) endFuture(world);
    world.iterate(Infinity);
    while (world.ready.batch > 0) world.popEntry();
    freeEveryIdle(world);
  }
  compareAll(world);
  assert.equal(world.core.exports.slotsLive(), 0);
  assert.equal(world.core.word(HEADER_HEAP_LENGTH), 0);
}
