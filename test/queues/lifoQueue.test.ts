import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, LifoQueue, Queue, sleep } from "../../bindings/index.js";
import { onLoop } from "../support/onLoop.js";

test("the item that was put last comes out first", () => {
  onLoop(function* () {
    const queue = new LifoQueue<number>(3);
    for (const item of [1, 2, 3]) yield* queue.put(item);
    assert.equal(String(queue), "<LifoQueue maxsize=3 _queue=[1, 2, 3] tasks=3>");
    const putting = createTask(queue.put(4));
    yield* sleep(1);
    const got: number[] = [yield* queue.get()];
    yield* putting;
    while (!queue.empty()) got.push(queue.getNowait());
    assert.deepEqual(got, [3, 4, 2, 1]);
  });
});

test("a LifoQueue is a Queue", () => {
  assert.ok(new LifoQueue() instanceof Queue);
});
