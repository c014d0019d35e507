import { asCompleted, coroutine, run, sleep, TimeoutError } from "wasyncio";

const phase = coroutine(function* (name: string, duration: number) {
  yield* sleep(duration);
  return name;
});

export async function completing(): Promise<void> {
  await run(function* () {
    const phases = [phase("slow", 60_000), phase("quick", 30), phase("middling", 60)];
    try {
      for (const next of asCompleted(phases, { timeout: 120 })) console.log(`completed: ${yield* next}`);
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      console.log("the others took too long");
    }
  });
}
