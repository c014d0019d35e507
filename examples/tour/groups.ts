import { coroutine, gather, isCancelled, run, sleep } from "wasyncio";

const work = coroutine(function* (name: string, duration: number) {
  try {
    yield* sleep(duration);
    return name.toUpperCase();
  } catch (error) {
    if (isCancelled(error)) console.log(`${name} is told to stop`);
    throw error;
  }
});

export async function groups(): Promise<void> {
  await run(function* () {
    const letters = gather([work("a", 50), work("b", 100)]);
    const digits = gather([work("one", 80), work("two", 40)]);
    console.log("both groups:", yield* gather([letters, digits]));

    const kept = gather([work("c", 100), work("d", 100)]);
    const dropped = gather([work("three", 60_000), work("four", 60_000)]);
    const both = gather([kept, dropped], { returnExceptions: true });
    yield* sleep(20);
    dropped.cancel();
    const [first, second] = yield* both;
    console.log("the kept group:", first);
    console.log("the dropped group:", String(second));
  });
}
