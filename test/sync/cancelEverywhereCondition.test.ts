// What stands on a condition: no notification is lost, the lock is held on every way out, and a barrier counts right.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Barrier, BrokenBarrierError, Condition, gather } from "../../bindings/index.js";
import { cancelEverywhere, cancelTwiceEverywhere, type Scenario } from "../support/everyCancellation.js";

type Body<World> = Scenario<World>["tasks"][string];

test("a condition's lock is free again, and no notification is lost", () => {
  type World = { condition: Condition; given: number; used: number };
  const wait: Body<World> = function* (world, point) {
    const { condition } = world;
    yield* condition.with(function* () {
      point();
      try {
        yield* condition.wait();
        world.used++;
      } finally {
        assert.equal(condition.locked(), true, "the waiter does not have the lock");
      }
      point();
      yield;
    });
  };
  const notify: Body<World> = function* (world, point) {
    yield;
    yield* world.condition.with(function* () {
      const { tasksWaiting } = world.condition.statistics();
      world.condition.notify();
      if (tasksWaiting > 0) world.given++;
      point();
      yield;
    });
  };
  cancelTwiceEverywhere<World>({
    make: () => ({ condition: new Condition(), given: 0, used: 0 }),
    tasks: { a: wait, b: wait, notify, c: wait },
    *settle({ condition, given, used }) {
      const { tasksWaiting } = condition.statistics();
      assert.ok(used >= given || tasksWaiting === 0, "a notification was lost, and a task waits");
      yield* condition.with(() => condition.notifyAll());
    },
    check({ condition }) {
      assert.deepEqual(condition.statistics(), { tasksWaiting: 0, lock: { locked: false, tasksWaiting: 0 } });
    },
  });
});

test("waitFor returns as soon as its predicate holds", () => {
  type World = { condition: Condition; open: boolean };
  const wait: Body<World> = function* (world, point) {
    const { condition } = world;
    yield* condition.with(function* () {
      point();
      assert.equal(yield* condition.waitFor(() => world.open), true);
    });
  };
  const open: Body<World> = function* (world) {
    yield;
    yield* world.condition.with(() => {
      world.open = true;
      world.condition.notifyAll();
    });
  };
  cancelEverywhere<World>({
    make: () => ({ condition: new Condition(), open: false }),
    tasks: { a: wait, open, b: wait },
    *settle(world) {
      if (world.open) assert.equal(world.condition.statistics().tasksWaiting, 0);
      else yield* open(world, () => {});
    },
    check({ condition }) {
      assert.equal(condition.locked(), false);
    },
  });
});

test("a barrier counts who is there, and can be used again", () => {
  type World = { barrier: Barrier; indices: number[] };
  const meet: Body<World> = function* ({ barrier, indices }, point) {
    point();
    indices.push(yield* barrier.wait());
  };
  cancelEverywhere<World>({
    make: () => ({ barrier: new Barrier(2), indices: [] }),
    tasks: { a: meet, b: meet, c: meet, d: meet },
    *settle({ barrier, indices }) {
      assert.ok(barrier.nWaiting < 2, "both parties are there and do not pass");
      assert.ok(indices.every((index) => index === 0 || index === 1));
      if (barrier.nWaiting > 0) yield* barrier.abort();
    },
    *check({ barrier }) {
      yield* barrier.reset();
      assert.equal(barrier.nWaiting, 0);
      assert.deepEqual(yield* gather([barrier.wait(), barrier.wait()]), [0, 1]);
    },
    expected: [BrokenBarrierError],
  });
});

test("a barrier that is reset and aborted in the middle lets everybody go", () => {
  const meet: Body<Barrier> = function* (barrier) {
    yield* barrier.wait();
  };
  cancelEverywhere<Barrier>({
    make: () => new Barrier(3),
    tasks: {
      a: meet,
      b: meet,
      *reset(barrier) {
        yield;
        yield* barrier.reset();
      },
      c: meet,
      *abort(barrier) {
        yield;
        yield* barrier.abort();
      },
    },
    *settle(barrier) {
      if (barrier.nWaiting > 0) yield* barrier.abort();
    },
    *check(barrier) {
      yield* barrier.reset();
      assert.equal(String(barrier), "<Barrier [filling, waiters:0/3]>");
    },
    expected: [BrokenBarrierError],
  });
});
