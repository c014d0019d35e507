// What a loop does, in a few lines: generators that yield how long they want to sleep, a list of who is ready, and a list of
// who sleeps until when. Below, the same program on the real one.
import { createTask, gather, getRunningLoop, run, sleep, type Steps } from "wasyncio";

type Sleepy = Generator<number, void, number>;

interface Sleeper {
  readonly until: number;
  readonly generator: Sleepy;
}

class Scheduler {
  private readonly ready: Sleepy[] = [];
  private readonly sleeping: Sleeper[] = [];

  start(generator: Sleepy): void {
    this.ready.push(generator);
  }

  async run(): Promise<void> {
    while (this.ready.length > 0 || this.sleeping.length > 0) {
      const generator = this.ready.shift() ?? (await this.nextSleeper());
      // next() sends the time in and brings back how long to sleep.
      const { value, done } = generator.next(performance.now());
      if (done !== true) this.sleeping.push({ until: performance.now() + value, generator });
      this.sleeping.sort((a, b) => a.until - b.until);
    }
  }

  private async nextSleeper(): Promise<Sleepy> {
    const { until, generator } = this.sleeping.shift()!;
    await new Promise((resolve) => setTimeout(resolve, until - performance.now()));
    return generator;
  }
}

function* countByHand(name: string, delay: number): Sleepy {
  let woken = yield 0;
  for (let i = 1; i <= 3; i++) {
    const before = woken;
    woken = yield delay;
    console.log(`${name} ${i}, after about ${Math.round((woken - before) / 10) * 10} ms`);
  }
}

function* count(name: string, delay: number): Steps<void> {
  const loop = getRunningLoop();
  for (let i = 1; i <= 3; i++) {
    const before = loop.time();
    yield* sleep(delay);
    console.log(`${name} ${i}, after about ${Math.round((loop.time() - before) / 10) * 10} ms`);
  }
}

export async function byHand(): Promise<void> {
  const scheduler = new Scheduler();
  scheduler.start(countByHand("by hand, slow", 100));
  scheduler.start(countByHand("by hand, quick", 40));
  await scheduler.run();

  await run(function* () {
    yield* gather([createTask(count("on the loop, slow", 100)), createTask(count("on the loop, quick", 40))]);
  });
}
