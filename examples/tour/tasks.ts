import { coroutine, createTask, currentTask, isCancelled, run, sleep } from "wasyncio";

const count = coroutine(function* (limit: number) {
  const name = currentTask()!.getName();
  try {
    for (let i = 1; i <= limit; i++) {
      console.log(`${name} counts ${i}`);
      yield* sleep(60);
    }
    return limit;
  } finally {
    console.log(`${name} cleans up`);
  }
});

export async function tasks(): Promise<void> {
  await run(function* () {
    const short = createTask(count(2), { name: "short" });
    const long = createTask(count(1000), { name: "long" });
    const unnamed = createTask(count(1));
    console.log(`${unnamed.getName()} got its name from the library`);

    console.log(`short counted to ${yield* short}`);
    long.cancel();
    try {
      yield* long;
    } catch (error) {
      if (!isCancelled(error)) throw error;
      console.log(`long is cancelled: ${long.cancelled()}`);
    }
  });
}
