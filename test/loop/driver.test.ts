import assert from "node:assert/strict";
import { test } from "node:test";
import { onLoop, withLoop } from "../support/onLoop.js";

for (const [place, index] of [
  ["first", 0],
  ["middle", 1],
  ["last", 2],
] as const) {
  test(`an exception in the ${place} of three callbacks costs only that callback`, () => {
    onLoop(function* (stage) {
      const { loop, trace } = stage;
      const error = new Error("thrown on purpose");
      for (let i = 0; i < 3; i++) {
        loop.callSoon(() => {
          if (i === index) throw error;
          trace.add(`callback ${i}`);
        });
      }
      yield;
      trace.assertIs(["callback 0", "callback 1", "callback 2"].filter((_, i) => i !== index));
      assert.deepEqual(
        stage.takeReports().map((report) => report.exception),
        [error],
      );
    });
  });
}

test("an exception in a step costs only that task", () => {
  onLoop(function* ({ loop, trace }) {
    const failing = loop.createTask(() => {
      throw new Error("thrown on purpose");
    });
    loop.createTask(trace.adder("the other task"));
    yield;
    trace.assertIs(["the other task"]);
    assert.throws(() => failing.result(), { message: "thrown on purpose" });
  });
});

test("whatever a callback throws is reported, even what can not be turned into text", () => {
  onLoop(function* (stage) {
    const thrown: unknown[] = [undefined, null, 5, Object.create(null), { toString: () => assert.fail() }];
    for (const value of thrown) {
      stage.loop.callSoon(() => {
        throw value;
      });
    }
    yield;
    assert.deepEqual(
      stage.takeReports().map((report) => report.exception),
      thrown,
    );
  });
});

test("callbacks and task steps share one queue, in the order in which they became ready", () => {
  onLoop(function* ({ loop, trace }) {
    loop.callSoon(trace.adder("callback 1"));
    loop.createTask(() => trace.add("task"));
    loop.callSoon(trace.adder("callback 2"));
    yield;
    trace.assertIs(["callback 1", "task", "callback 2"]);
  });
});

test("a batch is frozen before it runs: a callback that reschedules itself starves nobody", () => {
  onLoop(function* ({ loop, trace }) {
    let isOver = false;
    const again = (): void => {
      if (isOver) return;
      trace.add("again");
      loop.callSoon(again);
    };
    loop.callSoon(again);
    for (const turn of ["turn 1", "turn 2"]) {
      yield;
      trace.add(turn);
    }
    isOver = true;
    yield;
    trace.assertIs(["again", "turn 1", "again", "turn 2"]);
  });
});

test("a due timer runs in the iteration after it became due, behind what was ready", () => {
  onLoop(function* ({ loop, trace }) {
    loop.callLater(0, trace.adder("timer"));
    loop.callSoon(trace.adder("ready"));
    yield;
    yield;
    trace.assertIs(["ready", "timer"]);
  });
});

test("a timer set for a time that has passed does not wait until the queue is empty", () => {
  onLoop(function* ({ loop, trace }) {
    let left = 100;
    const spin = (): void => {
      if (--left > 0) loop.callSoon(spin);
      else trace.add("spun");
    };
    loop.callSoon(spin);
    loop.callLater(0, trace.adder("timer"));
    while (left > 0) yield;
    trace.assertIs(["timer", "spun"]);
  });
});

test("stop() ends the run after the current iteration, and the next run goes on from there", async () => {
  await withLoop(async ({ loop, trace }) => {
    loop.callSoon(() => {
      trace.add("stop");
      loop.stop();
      loop.callSoon(trace.adder("next iteration"));
    });
    loop.callSoon(trace.adder("same iteration"));
    await loop.runForever();
    trace.assertIs(["stop", "same iteration"]);
    loop.callSoon(() => loop.stop());
    await loop.runForever();
    trace.assertIs(["stop", "same iteration", "next iteration"]);
  });
});

test("the queue may grow while a batch runs", () => {
  onLoop(function* ({ loop }) {
    const order: number[] = [];
    const COUNT = 5000;
    loop.callSoon(() => {
      for (let i = 0; i < COUNT; i++) loop.callSoon(() => order.push(i));
    });
    loop.callSoon(() => order.push(-1));
    yield;
    yield;
    assert.equal(order.length, COUNT + 1);
    assert.ok(order.every((value, place) => value === place - 1));
  });
});
