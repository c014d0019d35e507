import assert from "node:assert/strict";
import { test } from "node:test";
import { EventLoop, sleep, type Host } from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import { onHostLoop, withLoop } from "../support/onLoop.js";

/** Notes each wake that is asked for, and gives it when told to. */
class ManualHost implements Host {
  clock = 0;
  readonly asked: string[] = [];
  private wakes: (() => void)[] = [];

  now(): number {
    return this.clock;
  }

  wakeSoon(wake: () => void, macrotask: boolean): void {
    this.asked.push(macrotask ? "macrotask" : "microtask");
    this.wakes.push(wake);
  }

  wakeAt(when: number, wake: () => void): void {
    this.asked.push(`at ${when}`);
    this.wakes.push(wake);
  }

  cancelWake(): void {
    this.asked.push("none");
  }

  logError(): void {}

  wake(): void {
    for (const wake of this.wakes.splice(0)) wake();
  }
}

test("a run begins in a microtask, asks for the first deadline when idle, and ends without a pending wake", async () => {
  const host = new ManualHost();
  const loop = new EventLoop({ host });
  loop.callLater(10, () => loop.stop());
  const run = loop.runForever();
  assert.deepEqual(host.asked, ["microtask"]);
  host.wake();
  assert.deepEqual(host.asked.splice(0), ["microtask", "at 10"]);
  host.clock = 10;
  host.wake();
  assert.deepEqual(host.asked, ["none"]);
  await run;
  loop.close();
});

test("a wake before the deadline runs nothing and asks for the rest", async () => {
  const host = new ManualHost();
  const loop = new EventLoop({ host });
  let fired = -1;
  loop.callLater(10, () => {
    fired = loop.time();
    loop.stop();
  });
  const run = loop.runForever();
  host.wake();
  host.clock = 9.4;
  host.wake();
  assert.equal(fired, -1);
  assert.equal(host.asked.at(-1), "at 10");
  host.clock = 10.25;
  host.wake();
  await run;
  assert.equal(fired, 10.25);
  loop.close();
});

test("a loop that falls idle without a timer asks for no time", () => {
  const host = new ManualHost();
  const loop = new EventLoop({ host });
  void loop.runForever();
  host.wake();
  assert.equal(host.asked.at(-1), "at Infinity");
  loop.stop();
  host.wake();
  loop.close();
});

test("callSoon from outside wakes an idle loop once, however often it is called", () => {
  const host = new ManualHost();
  const loop = new EventLoop({ host });
  void loop.runForever();
  host.wake();
  host.asked.length = 0;
  for (let i = 0; i < 3; i++) loop.callSoon(() => {});
  assert.deepEqual(host.asked, ["microtask"]);
  loop.stop();
  host.wake();
  loop.close();
});

test("a slice ends when its time is used up, and the rest of the batch runs in a macrotask", () => {
  const host = new ManualHost();
  const loop = new EventLoop({ host, timeSlice: 4 });
  let calls = 0;
  for (let i = 0; i < 200; i++) {
    loop.callSoon(() => {
      calls++;
      host.clock += 0.05;
    });
  }
  void loop.runForever();
  host.wake();
  assert.equal(host.asked.at(-1), "macrotask");
  assert.equal(calls, 128, "the clock is read after every 64 steps: 3.2 ms were not enough, 6.4 are");
  host.wake();
  assert.equal(calls, 200);
  loop.stop();
  host.wake();
  loop.close();
});

test("a slice ends after 10,000 steps where the clock stands still", () => {
  const host = new ManualHost();
  const loop = new EventLoop({ host });
  let calls = 0;
  const spin = (): void => {
    calls++;
    loop.callSoon(spin);
  };
  loop.callSoon(spin);
  void loop.runForever();
  host.wake();
  assert.equal(host.asked.at(-1), "macrotask");
  assert.ok(calls >= 10_000 && calls < 10_100, `${calls} steps`);
  loop.stop();
  host.wake();
  loop.close();
});

test("wakes by microtask within one turn of the host share one slice", () => {
  const host = new ManualHost();
  const loop = new EventLoop({ host, timeSlice: 4 });
  const work = (): void => {
    host.clock += 2.5;
  };
  void loop.runForever();
  for (let turn = 0; turn < 2; turn++) {
    host.wake();
    loop.callSoon(work);
  }
  host.wake();
  host.asked.length = 0;
  loop.callSoon(work);
  assert.deepEqual(host.asked, ["macrotask"]);
  loop.stop();
  host.wake();
  loop.close();
});

test("stop() before a run ends it after one iteration", async () => {
  await withLoop(async ({ loop, trace }) => {
    loop.callSoon(() => {
      trace.add("first iteration");
      loop.callSoon(trace.adder("second iteration"));
    });
    loop.stop();
    await loop.runForever();
    trace.assertIs(["first iteration"]);
    loop.stop();
    await loop.runForever();
    trace.assertIs(["first iteration", "second iteration"]);
  });
});

test("stop() wakes an idle loop", async () => {
  await withLoop(async ({ loop }) => {
    const run = loop.runForever();
    await new Promise(setImmediate);
    loop.stop();
    await run;
    assert.equal(loop.isRunning(), false);
  });
});

test("isRunning is true from the start to the end of a run, between batches too", async () => {
  await withLoop(async ({ loop }) => {
    assert.equal(loop.isRunning(), false);
    const run = loop.runForever();
    assert.equal(loop.isRunning(), true);
    await new Promise(setImmediate);
    assert.equal(loop.isRunning(), true);
    loop.stop();
    await run;
    assert.equal(loop.isRunning(), false);
  });
});

test("a loop runs again after a run, and keeps its timers between runs", async () => {
  await withLoop(async ({ loop, trace }) => {
    loop.callLater(50, trace.adder("fired"));
    await loop.runUntilComplete(sleep(20));
    trace.assertIs([]);
    await loop.runUntilComplete(sleep(40));
    trace.assertIs(["fired"]);
  });
});

test("a promise settled by the host wakes the loop", async () => {
  await onHostLoop(function* ({ loop }) {
    const future = loop.createFuture<string>();
    void Promise.resolve().then(() => future.setResult("settled"));
    assert.equal(yield* future, "settled");
  });
});

test("two loops run side by side in one thread", async () => {
  const host = new VirtualHost();
  await Promise.all([withLoop(alternate), withLoop(alternate, host)]);
  async function alternate({ loop }: { loop: EventLoop }): Promise<void> {
    const result = await loop.runUntilComplete(
      (function* () {
        for (let i = 0; i < 10; i++) yield* sleep(1);
        return loop.time();
      })(),
    );
    assert.equal(result, 10);
  }
});
