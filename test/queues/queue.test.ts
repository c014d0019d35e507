import assert from "node:assert/strict";
import { test } from "node:test";
import {
  coroutine,
  createTask,
  gather,
  LifoQueue,
  PriorityQueue,
  Queue,
  sleep,
  type Steps,
} from "../../bindings/index.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";
import { Random } from "../support/seed.js";
import type { Trace } from "../support/trace.js";

const producer = coroutine(function* (queue: Queue<number>, trace: Trace, items: readonly number[]): Steps<void> {
  for (const item of items) {
    yield* queue.put(item);
    trace.add(`put ${item}`);
  }
});

const consumer = coroutine(function* (
  queue: Queue<number>,
  trace: Trace,
  count: number,
  name: string = "got",
): Steps<void> {
  for (let i = 0; i < count; i++) {
    const item = yield* queue.get();
    trace.add(`${name} ${item}`);
  }
});

test("items come out in the order they were put", () => {
  onLoop(function* () {
    const queue = new Queue<number>();
    for (let i = 0; i < 100; i++) queue.putNowait(i);
    const got: number[] = [];
    while (!queue.empty()) got.push(yield* queue.get());
    assert.deepEqual(
      got,
      Array.from({ length: 100 }, (_, i) => i),
    );
  });
});

test("put and get do not suspend while there is room, and while there is an item", () => {
  onLoop(function* ({ loop, trace }) {
    const queue = new Queue<number>(2);
    loop.callSoon(trace.adder("next iteration"));
    yield* producer(queue, trace, [1, 2]);
    yield* consumer(queue, trace, 2);
    yield;
    trace.assertIs(["put 1", "put 2", "got 1", "got 2", "next iteration"]);
  });
});

test("put waits while the queue is full, and goes on when there is room", () => {
  onLoop(function* ({ trace }) {
    const queue = new Queue<number>(1);
    const task = createTask(producer(queue, trace, [1, 2, 3]));
    yield* sleep(1);
    assert.equal(queue.full(), true);
    yield* consumer(queue, trace, 3);
    yield* task;
    trace.assertIs(["put 1", "got 1", "put 2", "got 2", "put 3", "got 3"]);
  });
});

test("tasks get items in the order of their asking", () => {
  onLoop(function* ({ trace }) {
    const queue = new Queue<number>();
    const waiting = gather(["a", "b", "c"].map((name) => consumer(queue, trace, 1, name)));
    yield;
    for (const item of [1, 2, 3]) queue.putNowait(item);
    yield* waiting;
    trace.assertIs(["a 1", "b 2", "c 3"]);
  });
});

test("an item may be taken past a task that was woken for it, which goes to the end of the line", () => {
  onLoop(function* ({ trace }) {
    const queue = new Queue<number>();
    const waiting = gather(["a", "b"].map((name) => consumer(queue, trace, 1, name)));
    yield;
    queue.putNowait(1);
    assert.equal(queue.getNowait(), 1);
    yield* sleep(1);
    queue.putNowait(2);
    queue.putNowait(3);
    yield* waiting;
    trace.assertIs(["b 2", "a 3"]);
  });
});

test("a get that is cancelled after it was woken wakes the next one", () => {
  onLoop(function* ({ trace }) {
    const queue = new Queue<number>();
    const [a, b] = ["a", "b"].map((name) => createTask(consumer(queue, trace, 1, name)));
    yield;
    queue.putNowait(1);
    a!.cancel();
    yield* b!;
    assert.equal(a!.cancelled(), true);
    trace.assertIs(["b 1"]);
  });
});

test("a put that is cancelled after it was woken wakes the next one, and puts nothing", () => {
  onLoop(function* ({ trace }) {
    const queue = new Queue<number>(1);
    queue.putNowait(0);
    const [a, b] = [1, 2].map((item) => createTask(producer(queue, trace, [item])));
    yield;
    assert.equal(queue.getNowait(), 0);
    a!.cancel();
    yield* b!;
    assert.equal(a!.cancelled(), true);
    assert.equal(queue.getNowait(), 2);
    trace.assertIs(["put 2"]);
  });
});

test("getNowait of an empty queue is QueueEmpty, putNowait to a full one QueueFull, and both still work", () => {
  const queue = new Queue<number>(1);
  assert.throws(() => queue.getNowait(), {
    name: "QueueEmpty",
    code: "WASYNCIO_QUEUE_EMPTY",
    message: /the queue is empty/,
  });
  queue.putNowait(1);
  assert.throws(() => queue.putNowait(2), { name: "QueueFull", code: "WASYNCIO_QUEUE_FULL", message: /\(maxsize 1\)/ });
  assert.equal(queue.getNowait(), 1);
  assert.equal(queue.qsize(), 0);
});

for (const maxsize of [0, -1, Infinity]) {
  test(`a queue of maxsize ${maxsize} is never full`, () => {
    const queue = new Queue<number>(maxsize);
    for (let i = 0; i < 1000; i++) queue.putNowait(i);
    assert.equal(queue.full(), false);
    assert.equal(queue.maxsize, maxsize);
    assert.equal(queue.qsize(), 1000);
  });
}

test("join waits until each item has been reported done", () => {
  onLoop(function* ({ trace }) {
    const queue = new Queue<number>();
    yield* queue.join();
    for (const item of [1, 2]) queue.putNowait(item);
    const joined = gather(
      ["first", "second"].map((name) =>
        coroutine(function* () {
          yield* queue.join();
          trace.add(`${name} joined`);
        })(),
      ),
    );
    for (let i = 0; i < 2; i++) {
      yield* queue.get();
      yield* sleep(1);
      trace.add("done");
      queue.taskDone();
    }
    yield* joined;
    trace.assertIs(["done", "done", "first joined", "second joined"]);
  });
});

test("taskDone more often than items were put is a ValueError, and changes nothing", () => {
  onLoop(function* () {
    const queue = new Queue<number>();
    assert.throws(() => queue.taskDone(), { name: "ValueError", message: /^taskDone\(\) called too many times/ });
    queue.putNowait(1);
    queue.taskDone();
    assert.throws(() => queue.taskDone(), { name: "ValueError" });
    yield* queue.join();
    assert.equal(queue.qsize(), 1);
  });
});

test("a queue refuses what is no size", () => {
  for (const Kind of [Queue, LifoQueue, PriorityQueue]) {
    for (const maxsize of ["1", 1.5, NaN, null, {}]) {
      assert.throws(() => new Kind(maxsize as number), {
        name: "TypeError",
        message: new RegExp(`^${Kind.name}'s maxsize must be an integer, 0 for no bound; got `),
      });
    }
  }
});

test("a native async function can put and get", async () => {
  await onHostLoop(async () => {
    const queue = new Queue<string>(1);
    const task = createTask(async () => [await queue.get(), await queue.get()]);
    await queue.put("a");
    await queue.put("b");
    assert.deepEqual(await task, ["a", "b"]);
  });
});

for (const { Kind, take } of [
  { Kind: Queue, take: (model: number[]) => model.shift() },
  { Kind: LifoQueue, take: (model: number[]) => model.pop() },
]) {
  test(`${Kind.name}: putting and getting in any mixture agrees with an array`, () => {
    const random = new Random(20_261_120);
    for (let round = 0; round < 100; round++) {
      const queue = new Kind<number>();
      const model: number[] = [];
      for (let i = 0; i < 200; i++) {
        if (random.chance(0.45) && model.length > 0) {
          assert.equal(queue.getNowait(), take(model));
        } else {
          queue.putNowait(i);
          model.push(i);
        }
      }
      assert.equal(queue.qsize(), model.length);
      while (model.length > 0) assert.equal(queue.getNowait(), take(model));
    }
  });
}

test("a queue's statistics are frozen, and toString shows them as asyncio does", () => {
  onLoop(function* () {
    const queue = new Queue<unknown>(2);
    const getting = createTask(queue.get());
    yield;
    assert.equal(String(queue), "<Queue maxsize=2 _getters[1]>");
    for (const item of ["a", { b: 1 }, 3]) {
      if (queue.full()) break;
      queue.putNowait(item);
    }
    const putting = createTask(queue.put(3));
    assert.equal(yield* getting, "a");
    yield* putting;
    const blocked = createTask(queue.put(4));
    const joining = createTask(queue.join());
    yield;
    assert.equal(String(queue), "<Queue maxsize=2 _queue=[an object of class Object, 3] _putters[1] tasks=3>");
    const statistics = queue.statistics();
    assert.deepEqual(statistics, {
      qsize: 2,
      maxsize: 2,
      unfinishedTasks: 3,
      tasksWaitingToGet: 0,
      tasksWaitingToPut: 1,
      tasksWaitingToJoin: 1,
      isShutdown: false,
    });
    assert.ok(Object.isFrozen(statistics));
    for (const task of [blocked, joining]) task.cancel();
    yield;
  });
});

test("toString shows the first items of a long queue, and how many more there are", () => {
  const queue = new Queue<number>();
  for (let i = 0; i < 25; i++) queue.putNowait(i);
  assert.equal(String(queue), "<Queue maxsize=0 _queue=[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, and 15 more] tasks=25>");
});
