// After a cancellation anywhere: no lock is held by nobody, no permit is lost or made, no notification is lost, and who
// could go on does. See everyCancellation.ts for what "anywhere" is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BoundedSemaphore, Event, isCancelled, Lock, Semaphore, type Steps } from "../../bindings/index.js";
import { cancelEverywhere, cancelTwiceEverywhere, type Scenario } from "../support/everyCancellation.js";

/** What at most `limit` tasks may be in at once. */
class Room {
  inside = 0;
  readonly limit: number;

  constructor(limit = 1) {
    this.limit = limit;
  }

  *stay(point: () => void): Steps<void> {
    this.inside++;
    try {
      assert.ok(this.inside <= this.limit, "too many tasks hold it");
      point();
      yield;
      assert.ok(this.inside <= this.limit, "too many tasks hold it");
    } finally {
      this.inside--;
    }
  }
}

type Body<World> = Scenario<World>["tasks"][string];

test("a lock is free again, whoever is cancelled wherever", () => {
  type World = { lock: Lock; room: Room };
  const useGuard: Body<World> = function* ({ lock, room }, point) {
    for (let i = 0; i < 2; i++) {
      point();
      using _guard = yield* lock.acquire();
      yield* room.stay(point);
    }
  };
  const useWith: Body<World> = function* ({ lock, room }, point) {
    point();
    yield* lock.with(() => room.stay(point));
  };
  cancelTwiceEverywhere<World>({
    make: () => ({ lock: new Lock(), room: new Room() }),
    tasks: { a: useGuard, b: useWith, c: useGuard },
    *check({ lock }) {
      assert.deepEqual(lock.statistics(), { locked: false, tasksWaiting: 0 });
      yield* lock.with(() => {});
    },
  });
});

test("an event leaves nobody behind", () => {
  const wait: Body<Event> = function* (event, point) {
    point();
    assert.equal(yield* event.wait(), true);
  };
  cancelEverywhere<Event>({
    make: () => new Event(),
    tasks: {
      a: wait,
      b: wait,
      *pulse(event) {
        yield;
        event.set();
        event.clear();
        yield;
        event.set();
      },
      c: wait,
    },
    settle(event) {
      if (!event.isSet()) event.set();
    },
    *check(event) {
      assert.deepEqual(event.statistics(), { isSet: true, tasksWaiting: 0 });
      yield* event.wait();
    },
  });
});

for (const [name, make] of [
  ["a semaphore", () => new Semaphore(2)],
  ["a bounded semaphore", () => new BoundedSemaphore(2)],
] as const) {
  test(`the permits of ${name} are conserved`, () => {
    type World = { semaphore: Semaphore; room: Room };
    const use: Body<World> = function* ({ semaphore, room }, point) {
      point();
      yield* semaphore.with(() => room.stay(point));
    };
    const pair: Body<World> = function* ({ semaphore, room }, point) {
      using _first = yield* semaphore.acquire();
      yield* room.stay(point);
      point();
    };
    cancelEverywhere<World>({
      make: () => ({ semaphore: make(), room: new Room(2) }),
      tasks: { a: use, b: pair, c: use, d: use },
      *check({ semaphore }) {
        assert.deepEqual(semaphore.statistics(), { value: 2, locked: false, tasksWaiting: 0 });
        using _first = yield* semaphore.acquire();
        using _second = yield* semaphore.acquire();
        assert.equal(semaphore.locked(), true);
      },
    });
  });
}

test("a permit given with release() alone reaches somebody who waits", () => {
  type World = { semaphore: Semaphore; given: number; taken: number };
  const take: Body<World> = function* (world, point) {
    point();
    yield* world.semaphore.acquire();
    world.taken++;
  };
  const give: Body<World> = function* (world) {
    yield;
    world.given++;
    world.semaphore.release();
  };
  cancelTwiceEverywhere<World>({
    make: () => ({ semaphore: new Semaphore(0), given: 0, taken: 0 }),
    tasks: { a: take, b: take, give, c: take, giveAgain: give },
    *settle({ semaphore, given, taken }) {
      assert.equal(semaphore.statistics().value, given - taken);
      if (given > taken) assert.equal(semaphore.statistics().tasksWaiting, 0, "a permit is free, and a task waits");
      for (let i = semaphore.statistics().tasksWaiting; i > 0; i--) semaphore.release();
      yield;
    },
    check({ semaphore }) {
      assert.equal(semaphore.statistics().tasksWaiting, 0);
    },
  });
});

test("a permit that is free while a newcomer has to stand in line reaches it", () => {
  const take: Body<Semaphore> = function* (semaphore, point) {
    point();
    yield* semaphore.acquire();
  };
  const giveTwiceAndTake: Body<Semaphore> = function* (semaphore, point) {
    yield;
    semaphore.release();
    semaphore.release();
    yield* take(semaphore, point);
  };
  cancelEverywhere<Semaphore>({
    make: () => new Semaphore(0),
    tasks: { a: take, giveTwiceAndTake, b: take },
    settle(semaphore) {
      const { value, tasksWaiting } = semaphore.statistics();
      assert.ok(value === 0 || tasksWaiting === 0, "a permit is free, and a task waits");
      for (let i = tasksWaiting; i > 0; i--) semaphore.release();
    },
    check(semaphore) {
      assert.equal(semaphore.statistics().tasksWaiting, 0);
    },
  });
});

test("a task that swallows its cancellation goes on with a lock that works", () => {
  type World = { lock: Lock; room: Room };
  const stubborn: Body<World> = function* ({ lock, room }, point) {
    for (let tries = 0; tries < 3; tries++) {
      try {
        point();
        yield* lock.with(() => room.stay(point));
        return;
      } catch (error) {
        if (!isCancelled(error)) throw error;
      }
    }
  };
  cancelEverywhere<World>({
    make: () => ({ lock: new Lock(), room: new Room() }),
    tasks: { a: stubborn, b: stubborn, c: stubborn },
    check({ lock }) {
      assert.deepEqual(lock.statistics(), { locked: false, tasksWaiting: 0 });
    },
  });
});
