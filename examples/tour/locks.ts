import { coroutine, gather, getRunningLoop, Lock, run } from "wasyncio";

const enter = coroutine(function* (name: string, lock: Lock) {
  console.log(`${name} waits for the lock`);
  yield* lock.with(() => console.log(`${name} has it`));
  console.log(`${name} has released it`);
});

export async function locks(): Promise<void> {
  await run(function* () {
    const lock = new Lock();
    yield* lock.acquire();
    getRunningLoop().callLater(80, () => {
      console.log("a timer releases the lock");
      lock.release();
    });
    yield* gather([enter("first", lock), enter("second", lock)]);
    console.log(`locked: ${lock.locked()}`);
  });
}
