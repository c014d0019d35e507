// After a cancellation anywhere: every item that was put was got once or is still there, and nobody waits who could go
// on. See everyCancellation.ts for what "anywhere" is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { anext, LifoQueue, PriorityQueue, Queue, QueueShutDown, StopAsyncIteration } from "../../bindings/index.js";
import { cancelEverywhere, cancelTwiceEverywhere, type Scenario } from "../support/everyCancellation.js";

class World {
  readonly queue: Queue<number>;
  readonly put: number[] = [];
  readonly got: number[] = [];

  constructor(queue: Queue<number>) {
    this.queue = queue;
  }

  assertConserved(): void {
    const rest: number[] = [];
    while (!this.queue.empty()) rest.push(this.queue.getNowait());
    const sorted = (items: number[]): number[] => items.toSorted((a, b) => a - b);
    assert.deepEqual(sorted([...this.got, ...rest]), sorted(this.put), "an item was lost, or got twice");
  }

  assertNobodyWaitsInVain(): void {
    const { tasksWaitingToGet, tasksWaitingToPut, tasksWaitingToJoin, unfinishedTasks } = this.queue.statistics();
    if (!this.queue.empty()) assert.equal(tasksWaitingToGet, 0, "there are items, and a task waits to get one");
    if (!this.queue.full()) assert.equal(tasksWaitingToPut, 0, "there is room, and a task waits to put");
    if (unfinishedTasks === 0) assert.equal(tasksWaitingToJoin, 0, "all work is done, and a task waits to join");
  }
}

type Body = Scenario<World>["tasks"][string];

/** The item is in the queue in the very step in which put() ends. */
function producer(...items: number[]): Body {
  return function* ({ queue, put }, point) {
    for (const item of items) {
      point();
      yield* queue.put(item);
      put.push(item);
    }
  };
}

function consumer(count: number): Body {
  return function* ({ queue, got }, point) {
    for (let i = 0; i < count; i++) {
      point();
      got.push(yield* queue.get());
      queue.taskDone();
    }
  };
}

const join: Body = function* ({ queue }) {
  yield;
  yield* queue.join();
};

/** A task whose other side was cancelled waits rightly; the shutdown lets it go. */
function settle(world: World): void {
  world.assertNobodyWaitsInVain();
  world.assertConserved();
  world.queue.shutdown(true);
  while (world.queue.statistics().unfinishedTasks > 0) world.queue.taskDone();
}

function check({ queue }: World): void {
  const { tasksWaitingToGet, tasksWaitingToPut, tasksWaitingToJoin } = queue.statistics();
  assert.deepEqual([tasksWaitingToGet, tasksWaitingToPut, tasksWaitingToJoin], [0, 0, 0]);
}

const ends = { settle, check, expected: [QueueShutDown] };

for (const Kind of [Queue, LifoQueue, PriorityQueue]) {
  test(`${Kind.name} of one item: two producers, two consumers, one cancellation`, () => {
    cancelEverywhere<World>({
      make: () => new World(new Kind<number>(1)),
      tasks: { p: producer(1, 2, 3), c: consumer(3), q: producer(4, 5), d: consumer(2), join },
      ...ends,
    });
  });
}

test("two cancellations in a queue of one item", () => {
  cancelTwiceEverywhere<World>({
    make: () => new World(new Queue<number>(1)),
    tasks: { p: producer(1, 2), q: producer(3), c: consumer(1), d: consumer(2) },
    ...ends,
  });
});

test("consumers that wait before anything is put", () => {
  cancelTwiceEverywhere<World>({
    make: () => new World(new Queue<number>()),
    tasks: { c: consumer(1), d: consumer(1), p: producer(1, 2), e: consumer(1) },
    ...ends,
  });
});

test("producers that wait at a full queue", () => {
  cancelTwiceEverywhere<World>({
    make: () => new World(new Queue<number>(1)),
    tasks: { p: producer(1, 2), q: producer(3), r: producer(4), c: consumer(3) },
    ...ends,
  });
});

test("a shutdown in the middle", () => {
  const stop: Body = function* ({ queue }) {
    yield;
    yield;
    queue.shutdown();
  };
  cancelEverywhere<World>({
    make: () => new World(new Queue<number>(1)),
    tasks: { p: producer(1, 2, 3), q: producer(4), c: consumer(2), stop, d: consumer(2), join },
    ...ends,
  });
});

test("iterators beside a consumer", () => {
  const iterate: Body = function* ({ queue, got }, point) {
    const items = queue[Symbol.asyncIterator]();
    for (;;) {
      point();
      got.push(yield* anext(items));
    }
  };
  cancelEverywhere<World>({
    make: () => new World(new Queue<number>(2)),
    tasks: { a: iterate, p: producer(1, 2, 3, 4), b: iterate, c: consumer(1) },
    settle,
    check,
    expected: [QueueShutDown, StopAsyncIteration],
  });
});
