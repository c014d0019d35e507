import { getRunningLoop, run, sleep } from "wasyncio";

export async function callbacks(): Promise<void> {
  await run(function* () {
    const loop = getRunningLoop();
    const start = loop.time();
    const say = (what: string): void =>
      console.log(`${String(Math.round(loop.time() - start)).padStart(4)} ms  ${what}`);

    loop.callLater(200, say, "later: after 200 ms");
    loop.callAt(start + 100, say, "at: when the clock reads 100 ms more");
    loop.callSoon(say, "soon: in the next iteration");
    const never = loop.callLater(150, say, "this one is cancelled before it is due");
    say("set, none has been called yet");

    never.cancel();
    yield* sleep(250);
  });
}
