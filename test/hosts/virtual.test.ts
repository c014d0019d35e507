import assert from "node:assert/strict";
import { test } from "node:test";
import { EventLoop, run, sleep } from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import { onHostLoop, withLoop } from "../support/onLoop.js";
import { Trace } from "../support/trace.js";
import { describeHost } from "./contract.js";

describeHost("virtual", () => new VirtualHost());

const manually = (): VirtualHost => new VirtualHost({ autojump: false });

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("the clock begins at 0 and jumps to the next deadline when the loop has nothing else to do", async () => {
  const start = performance.now();
  await onHostLoop(function* ({ loop }) {
    assert.equal(loop.time(), 0);
    yield* sleep(3_600_000);
    assert.equal(loop.time(), 3_600_000);
    yield* sleep(0.25);
    assert.equal(loop.time(), 3_600_000.25);
  });
  assert.ok(performance.now() - start < 10_000);
});

test("time jumps only after promises and one macrotask have brought nothing", async () => {
  await onHostLoop(async ({ loop, trace }) => {
    loop.callLater(1, trace.adder("timer"));
    setImmediate(() => loop.callSoon(() => trace.add(`macrotask at ${loop.time()}`)));
    void Promise.resolve().then(() => loop.callSoon(() => trace.add(`microtask at ${loop.time()}`)));
    await sleep(2);
    trace.assertIs(["microtask at 0", "macrotask at 0", "timer"]);
  });
});

test("without autojump the clock moves only by advance", async () => {
  const host = manually();
  await withLoop(async ({ loop, trace }) => {
    for (const delay of [10, 20, 30]) loop.callLater(delay, () => trace.add(`${delay} at ${loop.time()}`));
    const run = loop.runForever();
    await turn();
    trace.assertIs([]);
    host.advance(9.5);
    await turn();
    trace.assertIs([]);
    host.advance(0.5);
    await turn();
    trace.assertIs(["10 at 10"]);
    host.advance(100);
    await turn();
    trace.assertIs(["10 at 10", "20 at 110", "30 at 110"]);
    loop.stop();
    await run;
  }, host);
});

test("advance by nothing or less leaves the clock alone", () => {
  const host = manually();
  host.advance(5);
  host.advance(0);
  host.advance(-3);
  assert.equal(host.now(), 5);
});

test("a program that advances its own clock inside a callback sees the timers after it", async () => {
  const host = manually();
  await withLoop(async ({ loop, trace }) => {
    loop.callLater(10, trace.adder("timer"));
    loop.callSoon(() => {
      host.advance(50);
      trace.add(`advanced to ${loop.time()}`);
    });
    await loop.runUntilComplete(
      (function* () {
        while (trace.events.length < 2) yield;
      })(),
    );
    trace.assertIs(["advanced to 50", "timer"]);
  }, host);
});

test("one host's clock is its own", async () => {
  const times: number[] = [];
  const program = (delay: number) =>
    run(
      function* (task) {
        yield* sleep(delay);
        times.push(task.getLoop().time());
      },
      { loopFactory: () => new EventLoop({ host: new VirtualHost() }) },
    );
  await Promise.all([program(10), program(1000)]);
  assert.deepEqual(
    times.sort((a, b) => a - b),
    [10, 1000],
  );
});

test("two runs of one program on virtual time leave the same trace", async () => {
  const leaveTrace = async (): Promise<string[]> => {
    const trace = new Trace();
    await onHostLoop(async ({ loop }) => {
      for (let i = 0; i < 50; i++) loop.callLater((i * 37) % 11, () => trace.add(`${i} at ${loop.time()}`));
      await sleep(20);
    });
    return trace.events;
  };
  assert.deepEqual(await leaveTrace(), await leaveTrace());
});
