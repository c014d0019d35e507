// One iteration: due timers behind what is ready, then the batch is frozen.
import assert from "node:assert/strict";
import {
  ENTRY_CALLBACK,
  HEADER_BATCH_END,
  HEADER_HEAP_LENGTH,
  HEADER_RING_TAIL,
  HEADER_TICKS,
} from "../../assembly/codes.js";
import { entryOf, slotOf, type RawCore } from "../support/rawCore.js";
import { freeInPlace, freezeInPlace, pushInPlace } from "./inPlace.js";
import { testCore } from "./testCore.js";

/** Runs a frozen batch as the driver does; `callback` is told the slot, which is free afterwards. */
function runBatch(core: RawCore, callback: (slot: number) => void = () => {}): number[] {
  const ran: number[] = [];
  while (core.batchLength() > 0) {
    const slot = slotOf(core.pop());
    ran.push(slot);
    callback(slot);
    core.exports.slotFree(slot);
  }
  return ran;
}

testCore("without anything ready or due the batch is empty", (core) => {
  core.exports.timerOpen(10);
  assert.equal(core.exports.tick(9), 0);
  assert.equal(core.ringLength(), 0);
});

testCore("due timers run behind what is ready already", (core) => {
  const late = core.exports.timerOpen(2);
  const early = core.exports.timerOpen(1);
  const ready = core.exports.callbackOpen();
  assert.equal(core.exports.tick(2), 3);
  assert.deepEqual(runBatch(core), [ready, early, late]);
});

testCore("timers that are not due stay in the heap", (core) => {
  const [due] = [1, 2, 3].map((deadline) => core.exports.timerOpen(deadline));
  assert.equal(core.exports.tick(1.5), 1);
  assert.deepEqual(runBatch(core), [due]);
  assert.equal(core.word(HEADER_HEAP_LENGTH), 2);
  assert.equal(core.exports.timerDeadline(), 2);
});

testCore("what is opened during a batch runs in the next one", (core) => {
  const first = core.exports.callbackOpen();
  let second = 0;
  assert.equal(core.exports.tick(0), 1);
  assert.deepEqual(
    runBatch(core, () => {
      second = core.exports.callbackOpen();
    }),
    [first],
  );
  assert.equal(core.exports.tick(0), 1);
  assert.deepEqual(runBatch(core), [second]);
});

testCore("what is pushed in place during a batch is not in it", (core) => {
  const slots = [core.exports.callbackOpen(), core.exports.callbackOpen()];
  assert.equal(core.exports.tick(0), 2);
  const again = core.pop();
  pushInPlace(core, again);
  assert.equal(core.batchLength(), 1);
  assert.deepEqual(runBatch(core), [slots[1]]);
  assert.equal(core.exports.tick(0), 1);
  assert.deepEqual(core.entries(), [entryOf(slots[0]!, ENTRY_CALLBACK)]);
});

testCore("a callback that always schedules another can not keep its batch from ending", (core) => {
  core.exports.callbackOpen();
  let runs = 0;
  for (let iteration = 0; iteration < 100; iteration++) {
    assert.equal(core.exports.tick(iteration), 1);
    runBatch(core, () => {
      runs++;
      core.exports.callbackOpen();
    });
  }
  assert.equal(runs, 100);
});

testCore("a timer that is opened in the past during a batch fires in the next iteration", (core) => {
  core.exports.callbackOpen();
  core.exports.tick(5);
  runBatch(core, () => core.exports.timerOpen(1));
  assert.equal(core.ringLength(), 0);
  assert.equal(core.exports.tick(5), 1);
});

testCore("due timers keep their order behind waiters that were settled before", (core) => {
  const timers = [3, 3, 2].map((deadline) => core.exports.timerOpen(deadline));
  const ready = Array.from({ length: 3 }, () => core.exports.callbackOpen());
  core.exports.tick(3);
  assert.deepEqual(core.entries().map(slotOf), [...ready, timers[2], timers[0], timers[1]]);
});

testCore("the batch ends where the ring ends when the iteration begins", (core) => {
  core.setCounters(2 ** 32 - 1);
  core.exports.callbackOpen();
  core.exports.timerOpen(0);
  assert.equal(core.exports.tick(0), 2);
  assert.equal(core.word(HEADER_BATCH_END), 1);
  assert.equal(core.word(HEADER_BATCH_END), core.word(HEADER_RING_TAIL));
});

testCore("a batch that is frozen in place is like one of an iteration without due timers", (core) => {
  core.exports.timerOpen(10);
  core.exports.tick(0);
  const slots = [core.exports.callbackOpen(), core.exports.callbackOpen()];
  assert.equal(core.batchLength(), 0);
  freezeInPlace(core);
  core.exports.callbackOpen();
  assert.deepEqual(runBatch(core), slots);
});

testCore("every iteration is counted, the empty ones too", (core) => {
  for (let now = 0; now < 5; now++) core.exports.tick(now);
  assert.equal(core.word(HEADER_TICKS), 5);
});

testCore("time may stand still or go back without firing anything twice", (core) => {
  const slot = core.exports.timerOpen(10);
  assert.equal(core.exports.tick(10), 1);
  assert.equal(slotOf(core.pop()), slot);
  assert.equal(core.exports.tick(10), 0);
  assert.equal(core.exports.tick(-1), 0);
  freeInPlace(core, slot);
});
