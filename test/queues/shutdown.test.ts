import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, gather, LifoQueue, PriorityQueue, Queue, sleep } from "../../bindings/index.js";
import { onLoop } from "../support/onLoop.js";

for (const Kind of [Queue, LifoQueue, PriorityQueue]) {
  test(`${Kind.name}: after shutdown nothing can be put, and get goes on until the queue is empty`, () => {
    onLoop(function* () {
      const queue = new Kind<number>();
      queue.putNowait(1);
      queue.shutdown();
      assert.throws(() => queue.putNowait(2), { name: "QueueShutDown", code: "WASYNCIO_QUEUE_SHUT_DOWN" });
      const putting = createTask(queue.put(2));
      assert.equal(yield* queue.get(), 1);
      assert.throws(() => queue.getNowait(), { name: "QueueShutDown", message: /shut down and empty/ });
      const getting = createTask(queue.get());
      yield;
      for (const task of [putting, getting]) assert.equal((task.exception() as Error).name, "QueueShutDown");
    });
  });

  test(`${Kind.name}: an immediate shutdown drops the items, and they count as done`, () => {
    onLoop(function* () {
      const queue = new Kind<number>();
      for (const item of [1, 2, 3]) queue.putNowait(item);
      yield* queue.get();
      const joining = createTask(queue.join());
      yield;
      queue.shutdown(true);
      assert.equal(queue.empty(), true);
      assert.throws(() => queue.getNowait(), { name: "QueueShutDown" });
      yield* sleep(1);
      assert.equal(joining.done(), false, "the item that was got is still in work");
      queue.taskDone();
      yield* joining;
    });
  });
}

test("shutdown wakes who waits to put and who waits to get", () => {
  onLoop(function* () {
    const [full, empty] = [new Queue<number>(1), new Queue<number>()];
    full.putNowait(0);
    const waiting = gather([full.put(1), full.put(2), empty.get(), empty.get()], { returnExceptions: true });
    yield;
    full.shutdown();
    empty.shutdown();
    const outcomes = yield* waiting;
    assert.deepEqual(
      outcomes.map((outcome) => (outcome as Error).name),
      Array(4).fill("QueueShutDown"),
    );
    assert.equal(full.getNowait(), 0);
  });
});

test("an item that was put before the shutdown reaches the task that was woken for it", () => {
  onLoop(function* () {
    const queue = new Queue<number>();
    const [first, second] = [createTask(queue.get()), createTask(queue.get())];
    yield;
    queue.putNowait(1);
    queue.shutdown();
    yield* sleep(1);
    assert.equal(first.result(), 1);
    assert.equal((second.exception() as Error).name, "QueueShutDown");
  });
});

test("an immediate shutdown with nothing in work lets join go", () => {
  onLoop(function* () {
    const queue = new Queue<number>();
    queue.putNowait(1);
    const joining = createTask(queue.join());
    yield;
    queue.shutdown(true);
    yield* joining;
  });
});

test("shutting down twice, then immediately, is no error", () => {
  const queue = new Queue<number>();
  queue.putNowait(1);
  queue.shutdown();
  queue.shutdown();
  assert.equal(String(queue), "<Queue maxsize=0 _queue=[1] tasks=1 shutdown>");
  queue.shutdown(true);
  queue.shutdown(true);
  assert.equal(String(queue), "<Queue maxsize=0 shutdown>");
  assert.equal(queue.statistics().isShutdown, true);
});
