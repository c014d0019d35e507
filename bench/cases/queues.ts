// One producer, one consumer, a queue between them.
import { coroutine, gather, Queue, type Steps } from "wasyncio";
import type { Case } from "../case.js";
import { PromiseQueue } from "../native/sync.js";

const ITEMS = 50_000;

const produce = coroutine(function* (queue: Queue<number>): Steps<void> {
  for (let i = 0; i < ITEMS; i++) yield* queue.put(i);
});

const consume = coroutine(function* (queue: Queue<number>): Steps<number> {
  let sum = 0;
  for (let i = 0; i < ITEMS; i++) sum += yield* queue.get();
  return sum;
});

async function produceNatively(queue: PromiseQueue<number>): Promise<void> {
  for (let i = 0; i < ITEMS; i++) await queue.put(i);
}

async function consumeNatively(queue: PromiseQueue<number>): Promise<number> {
  let sum = 0;
  for (let i = 0; i < ITEMS; i++) sum += await queue.get();
  return sum;
}

function queueCase(bound: number): Case {
  return {
    name: bound === 0 ? "queue without a bound, an item" : `queue, bound ${bound}, an item`,
    against: "a promise queue that hands over",
    n: ITEMS,
    ours: {
      *run() {
        const queue = new Queue<number>(bound);
        yield* gather([produce(queue), consume(queue)]);
      },
    },
    native: {
      run: () => {
        const queue = new PromiseQueue<number>(bound === 0 ? Infinity : bound);
        return Promise.all([produceNatively(queue), consumeNatively(queue)]);
      },
    },
  };
}

export const queueCases: readonly Case[] = [queueCase(1), queueCase(100), queueCase(0)];
