import { coroutine, run, sleep } from "wasyncio";

const greet = coroutine(function* (name: string) {
  console.log(`hello, ${name} …`);
  yield* sleep(100);
  console.log(`… and goodbye, ${name}`);
});

const add = coroutine(function* (a: number, b: number) {
  yield* sleep(100);
  return a + b;
});

export async function coroutines(): Promise<void> {
  const nothing = await run(greet("world"));
  console.log("a coroutine without a return gives", nothing);

  // Calling a coroutine function starts nothing; whoever awaits the coroutine does.
  const sum = await run(function* () {
    const later = add(1, 2);
    console.log("nothing has been added yet");
    return yield* later;
  });
  console.log(`1 + 2 = ${sum}`);
}
