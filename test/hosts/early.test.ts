// Real time: host timers may fire up to 2 ms early; nothing of ours may.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createTask,
  EventLoop,
  getRunningLoop,
  run,
  sleep,
  timeout,
  TimeoutError,
  waitFor,
  type Steps,
} from "../../bindings/index.js";
import { TimerHost } from "../../bindings/hosts/timerHost.js";

/** As early as host timers have been seen. */
const EARLY_MS = 2;

/** A clock that stands still, but for the loop's timers: each wakes the loop too early first. */
class EarlyHost extends TimerHost {
  earlyWakes = 0;
  #time = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super((wake) => void setTimeout(wake, 0));
  }

  override now(): number {
    return this.#time;
  }

  override wakeAt(when: number, wake: () => void): void {
    this.cancelWake();
    if (when === Infinity) return;
    const isEarly = this.#time < when - EARLY_MS;
    this.#timer = setTimeout(() => {
      this.#time = isEarly ? when - EARLY_MS : when;
      if (isEarly) this.earlyWakes++;
      wake();
    }, 0);
  }

  override cancelWake(): void {
    clearTimeout(this.#timer);
  }
}

function* expectTimeout(body: () => Steps<unknown>): Steps<void> {
  try {
    yield* body();
  } catch (error) {
    assert.ok(error instanceof TimeoutError);
    return;
  }
  assert.fail("no timeout");
}

/** Each takes 11 ms. */
const WAITS: readonly (() => Steps<void>)[] = [
  function* () {
    yield* sleep(11);
  },
  () =>
    expectTimeout(function* () {
      yield* timeout(11, () => sleep(60_000));
    }),
  () =>
    expectTimeout(function* () {
      yield* waitFor(sleep(60_000), 11);
    }),
  function* () {
    const loop = getRunningLoop();
    const future = loop.createFuture<void>();
    loop.callLater(11, () => future.setResult());
    yield* future;
  },
];

test("on a host that wakes 2 ms early no callback, sleep or timeout is early", async () => {
  const host = new EarlyHost();
  await run(
    function* (task) {
      const loop = task.getLoop();
      for (const wait of WAITS) {
        const start = loop.time();
        yield* wait();
        assert.equal(loop.time() - start, 11);
      }
    },
    { loopFactory: () => new EventLoop({ host }) },
  );
  assert.equal(host.earlyWakes, WAITS.length);
});

test("a thousand timers of 1 to 30 ms: none fires before its time", async () => {
  await run(function* (task) {
    const loop = task.getLoop();
    let fired = 0;
    let earliest = Infinity;
    for (let i = 0; i < 1000; i++) {
      const timer = loop.callLater(1 + (i % 290) / 10, () => {
        fired++;
        earliest = Math.min(earliest, loop.time() - timer.when());
      });
    }
    yield* sleep(40);
    assert.equal(fired, 1000);
    assert.ok(earliest >= 0, `${earliest} ms early`);
  });
});

test("a sleep lasts at least its delay by the process's own clock", async () => {
  await run(function* () {
    // Added up as the loop does it: where the clock has coarse steps, a difference of sums may be a rounding below 0.
    const nap = (delay: number) =>
      function* () {
        const end = performance.now() + delay;
        yield* sleep(delay);
        return performance.now() >= end;
      };
    const tasks = Array.from({ length: 200 }, (_, i) => createTask(nap(1 + (i % 20) * 1.3)));
    for (const task of tasks) assert.ok(yield* task);
  });
});
