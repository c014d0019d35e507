import assert from "node:assert/strict";
import { test } from "node:test";
import { anext, createTask, Queue, sleep, StopAsyncIteration } from "../../bindings/index.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

test("a native `for await` gets item by item and ends where get would raise QueueShutDown", async () => {
  await onHostLoop(async () => {
    const queue = new Queue<number>(1);
    const producing = createTask(function* () {
      for (const item of [1, 2, 3]) {
        yield* sleep(1);
        yield* queue.put(item);
      }
      queue.shutdown();
    });
    const got: number[] = [];
    for await (const item of queue) got.push(item);
    assert.deepEqual(got, [1, 2, 3]);
    await producing;
  });
});

test("an immediate shutdown ends the iteration at once", async () => {
  await onHostLoop(async () => {
    const queue = new Queue<number>();
    for (const item of [1, 2, 3]) queue.putNowait(item);
    const got: number[] = [];
    for await (const item of queue) {
      got.push(item);
      queue.shutdown(true);
    }
    assert.deepEqual(got, [1]);
  });
});

test("leaving the loop early takes no more items, and the queue can be iterated again", async () => {
  await onHostLoop(async () => {
    const queue = new Queue<number>();
    for (const item of [1, 2, 3]) queue.putNowait(item);
    for await (const item of queue) {
      assert.equal(item, 1);
      break;
    }
    assert.equal(queue.qsize(), 2);
    queue.shutdown();
    const rest: number[] = [];
    for await (const item of queue) rest.push(item);
    assert.deepEqual(rest, [2, 3]);
  });
});

test("anext gives the items in place, and StopAsyncIteration at the end", () => {
  onLoop(function* ({ loop, trace }) {
    const queue = new Queue<string>();
    queue.putNowait("a");
    loop.callSoon(trace.adder("next iteration"));
    const iterator = queue[Symbol.asyncIterator]();
    const item: string = yield* anext(iterator);
    trace.add(item);
    queue.shutdown();
    try {
      yield* anext(iterator);
    } catch (error) {
      assert.ok(error instanceof StopAsyncIteration);
      trace.add("end");
    }
    yield;
    trace.assertIs(["a", "end", "next iteration"]);
  });
});

test("a step of the iterator is a coroutine that ends again and again after the end", () => {
  onLoop(function* () {
    const queue = new Queue<string>();
    queue.putNowait("a");
    queue.shutdown();
    const iterator = queue[Symbol.asyncIterator]();
    assert.equal(iterator[Symbol.asyncIterator](), iterator);
    const results = [];
    for (let i = 0; i < 3; i++) results.push(yield* createTask(iterator.next()));
    assert.deepEqual(results, [
      { value: "a", done: false },
      { value: undefined, done: true },
      { value: undefined, done: true },
    ]);
  });
});

test("a cancelled iteration takes no item", () => {
  onLoop(function* () {
    const queue = new Queue<string>();
    const task = createTask(anext(queue[Symbol.asyncIterator]()));
    yield;
    queue.putNowait("a");
    task.cancel();
    yield;
    assert.equal(task.cancelled(), true);
    assert.equal(queue.getNowait(), "a");
  });
});
