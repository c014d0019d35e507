import { coroutine, createTask, Queue, run, sleep } from "wasyncio";

const produce = coroutine(function* (queue: Queue<number>, count: number) {
  for (let i = 1; i <= count; i++) {
    if (queue.full()) console.log(`the queue is full, item ${i} has to wait`);
    yield* queue.put(i);
  }
});

const consume = coroutine(function* (name: string, queue: Queue<number>) {
  for (;;) {
    const item = yield* queue.get();
    yield* sleep(20);
    console.log(`${name} has done item ${item}`);
    queue.taskDone();
  }
});

export async function queues(): Promise<void> {
  await run(function* () {
    const queue = new Queue<number>(2);
    const consumers = ["one", "two", "three"].map((name) => createTask(consume(name, queue)));
    yield* produce(queue, 9);
    yield* queue.join();
    // They wait for items that never come.
    for (const consumer of consumers) consumer.cancel();
    console.log("every item is done");
  });
}
