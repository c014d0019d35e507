// The timer heap: who fires first, and who no longer fires.
import assert from "node:assert/strict";
import {
  HEADER_HEAP_CAPACITY,
  HEADER_HEAP_LENGTH,
  HEADER_HEAP_SORTED,
  HEADER_TIMERS_CANCELLED,
  HEADER_TIMERS_FIRED,
  HEADER_TIMERS_OPENED,
  KIND_CALLBACK,
  KIND_FREE,
  KIND_TIMER,
  SLOT_LINK,
} from "../../assembly/codes.js";
import { slotOf, type RawCore } from "../support/rawCore.js";
import { Random } from "../support/seed.js";
import { testCore } from "./testCore.js";

/** The slots that fire at `now`, in order; they are freed, as after their callbacks. */
function fire(core: RawCore, now: number): number[] {
  core.exports.tick(now);
  return Array.from({ length: core.batchLength() }, () => {
    const slot = slotOf(core.pop());
    core.exports.slotFree(slot);
    return slot;
  });
}

function openTimers(core: RawCore, deadlines: readonly number[]): number[] {
  return deadlines.map((deadline) => core.exports.timerOpen(deadline));
}

/** A few hundred timers with many equal deadlines, each hundred before the last one, a third of them cancelled. */
function shuffledTimers(core: RawCore): Map<number, number> {
  const random = new Random(7);
  const pending = new Map<number, number>();
  for (let i = 0; i < 600; i++) {
    const deadline = random.below(40) - 40 * Math.floor(i / 100);
    pending.set(core.exports.timerOpen(deadline), deadline);
    if (i % 3 === 2) {
      const slot = random.pick([...pending.keys()]);
      assert.equal(core.exports.timerCancel(slot, core.metaOf(slot)), 1);
      pending.delete(slot);
    }
    // The heap takes in the timers that are new; those after the last time stay new.
    if (i % 100 === 50) core.exports.timerDeadline();
  }
  return pending;
}

testCore("timers fire in the order of their deadlines", (core) => {
  const [late, early, middle] = openTimers(core, [30, 10, 20]);
  assert.deepEqual(fire(core, 100), [early, middle, late]);
});

testCore("timers with one deadline fire in the order in which they were opened", (core) => {
  const slots = openTimers(core, new Array<number>(100).fill(5));
  assert.deepEqual(fire(core, 5), slots);
});

testCore("the order of equal deadlines does not depend on which slots they got", (core) => {
  const [first, second, third] = openTimers(core, [1, 1, 1]);
  for (const slot of [first!, third!]) core.exports.timerCancel(slot, core.metaOf(slot));
  const reused = openTimers(core, [1, 1]);
  assert.deepEqual(reused, [third, first]);
  assert.deepEqual(fire(core, 1), [second, third, first]);
});

testCore("I-TH1: no node of the heap fires before its parent", (core) => {
  shuffledTimers(core);
  const keyOf = (position: number) => ({
    deadline: core.deadlineAt(position),
    sequence: core.sequenceOf(core.timerAt(position)),
  });
  const sorted = core.word(HEADER_HEAP_SORTED);
  assert.ok(sorted > 300);
  for (let position = 1; position < sorted; position++) {
    const child = keyOf(position);
    const parent = keyOf((position - 1) >> 2);
    const isOrdered =
      parent.deadline < child.deadline || (parent.deadline === child.deadline && parent.sequence < child.sequence);
    assert.ok(isOrdered, `the node at ${position} fires before its parent`);
  }
});

testCore("I-TH2: the position in a timer's slot names the node that names the timer", (core) => {
  const pending = shuffledTimers(core);
  assert.equal(core.word(HEADER_HEAP_LENGTH), pending.size);
  for (const [slot, deadline] of pending) {
    const position = core.field(slot, SLOT_LINK);
    assert.equal(core.kindOf(slot), KIND_TIMER);
    assert.equal(core.timerAt(position), slot);
    assert.equal(core.deadlineAt(position), deadline);
  }
});

testCore("I-TH3: no new timer has a deadline before the earliest one noted", (core) => {
  shuffledTimers(core);
  const sorted = core.word(HEADER_HEAP_SORTED);
  const length = core.word(HEADER_HEAP_LENGTH);
  assert.ok(sorted < length);
  for (let position = sorted; position < length; position++) {
    assert.ok(core.deadlineAt(position) >= core.earliestNew());
  }
});

testCore("a timer enters the heap only when a new one may be due, or would be the earliest", (core) => {
  openTimers(core, [10, 20]);
  core.exports.tick(9);
  assert.equal(core.word(HEADER_HEAP_SORTED), 0);
  assert.equal(core.exports.timerDeadline(), 10);
  assert.equal(core.word(HEADER_HEAP_SORTED), 2);
  const [late] = openTimers(core, [30]);
  assert.equal(core.exports.timerDeadline(), 10);
  assert.equal(core.word(HEADER_HEAP_SORTED), 2);
  fire(core, 20);
  assert.deepEqual(fire(core, 30), [late]);
});

testCore("the earliest deadline is that of a pending timer when earlier new ones were cancelled", (core) => {
  const [kept, first, second] = openTimers(core, [30, 10, 20]);
  for (const slot of [first!, second!]) core.exports.timerCancel(slot, core.metaOf(slot));
  assert.equal(core.exports.timerDeadline(), 30);
  assert.deepEqual(fire(core, 30), [kept]);
});

testCore("without new timers no earliest one is noted", (core) => {
  const [slot] = openTimers(core, [10]);
  core.exports.timerCancel(slot!, core.metaOf(slot!));
  assert.equal(core.earliestNew(), Infinity);
});

testCore("a cancelled timer gives its slot back and never fires", (core) => {
  const [kept, cancelled] = openTimers(core, [2, 1]);
  assert.equal(core.exports.timerCancel(cancelled!, core.metaOf(cancelled!)), 1);
  assert.equal(core.kindOf(cancelled!), KIND_FREE);
  assert.equal(core.exports.timerDeadline(), 2);
  assert.deepEqual(fire(core, 10), [kept]);
});

testCore("a timer can be cancelled once", (core) => {
  const slot = core.exports.timerOpen(1);
  const meta = core.metaOf(slot);
  assert.equal(core.exports.timerCancel(slot, meta), 1);
  assert.equal(core.exports.timerCancel(slot, meta), 0);
});

testCore("cancelling through the handle of a former timer leaves the slot's new timer alone", (core) => {
  const slot = core.exports.timerOpen(1);
  const meta = core.metaOf(slot);
  core.exports.timerCancel(slot, meta);
  assert.equal(core.exports.timerOpen(2), slot);
  assert.equal(core.exports.timerCancel(slot, meta), 0);
  assert.deepEqual(fire(core, 2), [slot]);
});

testCore("a timer that has become a ready callback can not be cancelled as a timer", (core) => {
  const slot = core.exports.timerOpen(1);
  const meta = core.metaOf(slot);
  core.exports.tick(1);
  assert.equal(core.kindOf(slot), KIND_CALLBACK);
  assert.equal(core.exports.timerCancel(slot, meta), 0);
  assert.equal(core.exports.timerCancel(slot, core.metaOf(slot)), 0);
});

testCore("slots that were never used are refused", (core) => {
  assert.equal(core.exports.timerCancel(0, 0), 0);
  assert.equal(core.exports.timerCancel(900, 0), 0);
  assert.equal(core.exports.timerCancel(2 ** 30, KIND_TIMER), 0);
});

testCore("the earliest deadline is Infinity without timers", (core) => {
  assert.equal(core.exports.timerDeadline(), Infinity);
  const [slot] = openTimers(core, [-3.5]);
  assert.equal(core.exports.timerDeadline(), -3.5);
  core.exports.timerCancel(slot!, core.metaOf(slot!));
  assert.equal(core.exports.timerDeadline(), Infinity);
});

testCore("a timer is due at its deadline and not a moment before", (core) => {
  const [slot] = openTimers(core, [1000.25]);
  assert.deepEqual(fire(core, 1000.2499999999999), []);
  assert.deepEqual(fire(core, 1000.25), [slot]);
});

testCore("a timer at Infinity waits for ever", (core) => {
  const [never, soon] = openTimers(core, [Infinity, Number.MAX_VALUE]);
  assert.deepEqual(fire(core, Number.MAX_VALUE), [soon]);
  assert.equal(core.kindOf(never!), KIND_TIMER);
});

testCore("the counters tell how many timers were opened, fired and cancelled", (core) => {
  const [first] = openTimers(core, [1, 2, 3]);
  core.exports.timerCancel(first!, core.metaOf(first!));
  core.exports.timerCancel(first!, 0);
  fire(core, 2);
  assert.equal(core.word(HEADER_TIMERS_OPENED), 3);
  assert.equal(core.word(HEADER_TIMERS_FIRED), 1);
  assert.equal(core.word(HEADER_TIMERS_CANCELLED), 1);
});

testCore("a million pending timers fire in order and give every slot back", (core) => {
  const random = new Random(11);
  const timers = Array.from({ length: 1_000_000 }, () => {
    const deadline = random.below(250_000);
    return { deadline, slot: core.exports.timerOpen(deadline) };
  });
  core.check();
  assert.ok(core.word(HEADER_HEAP_CAPACITY) >= timers.length);
  // Sorting is stable, so equal deadlines stay in the order of opening.
  const expected = timers.sort((a, b) => a.deadline - b.deadline).map((timer) => timer.slot);
  assert.deepEqual(fire(core, 250_000), expected);
  assert.equal(core.exports.slotsLive(), 0);
});

testCore("half of a million timers cancelled leaves the other half in order", (core) => {
  const timers = Array.from({ length: 1_000_000 }, (_, i) => ({ i, slot: core.exports.timerOpen(1_000_000 - i) }));
  for (const { i, slot } of timers) {
    if (i % 2 === 0) core.exports.timerCancel(slot, core.metaOf(slot));
  }
  const kept = timers.filter(({ i }) => i % 2 === 1).map(({ slot }) => slot);
  assert.equal(core.exports.slotsLive(), kept.length);
  assert.deepEqual(fire(core, Infinity), kept.reverse());
  assert.equal(core.exports.slotsLive(), 0);
});
