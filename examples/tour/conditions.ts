import { Condition, coroutine, createTask, gather, run, sleep } from "wasyncio";

const consumer = coroutine(function* (name: string, condition: Condition) {
  yield* condition.with(function* () {
    yield* condition.wait();
    console.log(`${name} was notified`);
  });
});

export async function conditions(): Promise<void> {
  await run(function* () {
    const condition = new Condition();
    const names = ["one", "two", "three", "four"];
    const consumers = names.map((name) => createTask(consumer(name, condition)));
    yield* sleep(20);

    console.log("notify two");
    yield* condition.with(() => condition.notify(2));
    yield* sleep(20);

    console.log("notify all that are left");
    yield* condition.with(() => condition.notifyAll());
    yield* gather(consumers);
  });
}
