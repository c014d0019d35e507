import assert from "node:assert/strict";
import { test } from "node:test";
import { runProgram } from "../support/child.js";

/** What `body` prints; it has `heap()`, the bytes in use after a collection. */
async function printedBy(body: string): Promise<string> {
  const program = `
    import { createTask, LifoQueue, Lock, PriorityQueue, Queue, run } from "wasyncio";
    const heap = () => (globalThis.gc(), process.memoryUsage().heapUsed);
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    ${body}
  `;
  const { stdout, stderr } = await runProgram(program, { flags: ["--expose-gc"] });
  assert.equal(stderr, "");
  return stdout.trim();
}

test("an item that was got is not kept by the queue", async () => {
  const printed = await printedBy(`
    const queues = [new Queue(), new LifoQueue(), new PriorityQueue(0, { compare: (a, b) => a.rank - b.rank })];
    const passThrough = (queue) => {
      const item = { rank: 1 };
      queue.putNowait({ rank: 0 });
      queue.putNowait(item);
      queue.putNowait({ rank: 2 });
      while (!queue.empty()) queue.getNowait();
      return new WeakRef(item);
    };
    const refs = queues.map(passThrough);
    await turn();
    globalThis.gc();
    console.log(refs.map((ref) => ref.deref()).join());
  `);
  assert.equal(printed, ",,");
});

test("a queue that has run empty gives the memory of a burst back", async () => {
  const printed = await printedBy(`
    const queue = new Queue();
    const before = heap();
    for (let i = 0; i < 1_000_000; i++) queue.putNowait(i);
    const full = heap();
    while (!queue.empty()) queue.getNowait();
    await turn();
    console.log(full - before > 4_000_000, heap() - before < 1_000_000);
  `);
  assert.equal(printed, "true true");
});

test("tasks that give up waiting, again and again where nothing ever comes, leave nothing behind", async () => {
  const printed = await printedBy(`
    const [queue, lock] = [new Queue(), new Lock()];
    const giveUp = function* (times) {
      for (let i = 0; i < times; i++) {
        const tasks = [createTask(queue.get()), createTask(lock.acquire())];
        yield;
        for (const task of tasks) task.cancel();
        yield;
      }
    };
    await run(function* () {
      yield* lock.acquire();
      yield* giveUp(1000);
      const before = heap();
      yield* giveUp(20_000);
      console.log(heap() - before < 500_000, String(queue), String(lock));
    });
  `);
  assert.equal(printed, "true <Queue maxsize=0> <Lock [locked]>");
});
