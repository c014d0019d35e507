import { coroutine, Event, gather, getRunningLoop, run } from "wasyncio";

const runner = coroutine(function* (name: string, start: Event) {
  console.log(`${name} is ready`);
  yield* start.wait();
  console.log(`${name} runs`);
});

export async function events(): Promise<void> {
  await run(function* () {
    const start = new Event();
    getRunningLoop().callLater(80, () => {
      console.log("go!");
      start.set();
    });
    yield* gather(["Ada", "Grace", "Edsger"].map((name) => runner(name, start)));
  });
}
