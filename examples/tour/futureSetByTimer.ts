import { getRunningLoop, run } from "wasyncio";

export async function futureSetByTimer(): Promise<void> {
  await run(function* () {
    const loop = getRunningLoop();
    const answer = loop.createFuture<number>();
    loop.callLater(150, () => answer.setResult(42));

    console.log(`done: ${answer.done()}`);
    const value = yield* answer;
    console.log(`done: ${answer.done()}, the answer is ${value}`);
  });
}
