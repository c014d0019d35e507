import { coroutine, gather, run, Semaphore, sleep } from "wasyncio";

const worker = coroutine(function* (name: string, desks: Semaphore) {
  yield* desks.with(function* () {
    console.log(`${name} works`);
    yield* sleep(60);
    console.log(`${name} leaves`);
  });
});

export async function semaphores(): Promise<void> {
  await run(function* () {
    const desks = new Semaphore(2);
    yield* gather(["first", "second", "third"].map((name) => worker(name, desks)));
  });
}
