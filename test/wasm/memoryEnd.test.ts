// Where memory ends the caller gets a RangeError, and the loop is as it was before the call.
import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND_OBSERVER } from "../../assembly/codes.js";
import { coroutine, createTask, sleep, type EventLoop, type Steps } from "../../bindings/index.js";
import { leakReport } from "../../bindings/testing.js";
import { assertConsistent, onLoop } from "../support/onLoop.js";

const AT_END = {
  name: "RangeError",
  message: "the event loop's memory can not grow any further; nothing was scheduled",
};

/** Takes slots until none is left but `spare`; what it returns gives them back. */
function exhaust(loop: EventLoop, spare: number): () => void {
  const core = loop._core;
  core.exports.memoryLimit(1);
  const taken: number[] = [];
  for (let slot; (slot = core.exports.slotTake(KIND_OBSERVER)) !== 0;) taken.push(slot);
  core.refresh();
  const giveBack = (count: number): void => {
    for (const slot of taken.splice(0, count)) core.release(slot);
  };
  giveBack(spare);
  return () => giveBack(Infinity);
}

/** `act` must fail and leave nothing behind; afterwards the same must succeed. */
function checkRefusal(name: string, spare: number, act: (loop: EventLoop) => void): void {
  test(`${name} with ${spare} slots left is a RangeError and the loop stays consistent`, () => {
    onLoop(function* ({ loop }) {
      const giveBack = exhaust(loop, spare);
      const before = leakReport(loop);
      assert.throws(() => act(loop), AT_END);
      assert.deepEqual(leakReport(loop), before);
      assertConsistent(loop);
      giveBack();
      act(loop);
      yield* sleep(10);
    });
  });
}

checkRefusal("callSoon", 0, (loop) => loop.callSoon(() => {}));
checkRefusal("callLater", 0, (loop) => loop.callLater(1, () => {}));
checkRefusal("callAt", 0, (loop) => loop.callAt(1, () => {}));
checkRefusal("createTask", 0, (loop) => loop.createTask(function* () {}));
for (const spare of [0, 1]) {
  checkRefusal("addDoneCallback", spare, (loop) => {
    const future = loop.createFuture<void>();
    future.addDoneCallback(() => {});
    future.setResult();
  });
}

test("a coroutine that could not become a task can become one later", () => {
  onLoop(function* ({ loop }) {
    const giveBack = exhaust(loop, 0);
    const c = coroutine(function* () {
      yield* sleep(1);
      return "result";
    })();
    assert.throws(() => createTask(c), AT_END);
    giveBack();
    assert.equal(yield* createTask(c), "result");
  });
});

const FIRST_WAITS: Record<string, [spare: number, wait: (loop: EventLoop) => Steps<void>]> = {
  "of a future by yield*": [0, (loop) => loop.createFuture<void>()[Symbol.iterator]()],
  "of a future by yield": [
    0,
    function* (loop) {
      yield loop.createFuture<void>();
    },
  ],
  "in a sleep without a slot": [
    0,
    function* () {
      yield* sleep(1);
    },
  ],
  "in a sleep with a slot for the timer alone": [
    1,
    function* () {
      yield* sleep(1);
    },
  ],
};

for (const [name, [spare, wait]] of Object.entries(FIRST_WAITS)) {
  test(`the first wait ${name} is a RangeError where it waits, and the task goes on`, () => {
    onLoop(function* ({ loop, trace }) {
      const task = createTask(function* () {
        try {
          yield* wait(loop);
          assert.fail("it waited");
        } catch (error) {
          assert.throws(() => {
            throw error;
          }, AT_END);
          trace.add("refused");
        }
        yield;
        return "went on";
      });
      const giveBack = exhaust(loop, spare);
      const before = leakReport(loop);
      yield;
      trace.assertIs(["refused"]);
      assert.equal(leakReport(loop).slots, before.slots);
      assertConsistent(loop);
      giveBack();
      assert.equal(yield* task, "went on");
    });
  });
}

test("a task whose wait was refused is not bound to what it could not wait for", () => {
  onLoop(function* ({ loop }) {
    const future = loop.createFuture<void>();
    const task = createTask(function* (own) {
      try {
        yield* future;
      } catch {
        own.cancel();
      }
      yield;
    });
    const giveBack = exhaust(loop, 0);
    yield;
    assert.equal(future.cancelled(), false);
    giveBack();
    yield* sleep(1);
    assert.equal(task.cancelled(), true);
  });
});

test("what is scheduled already runs while memory is at its end", () => {
  onLoop(function* ({ loop, trace }) {
    for (let i = 0; i < 3; i++) loop.callSoon(trace.adder(`callback ${i}`));
    loop.callLater(5, trace.adder("timer"));
    const giveBack = exhaust(loop, 2);
    yield* sleep(10);
    trace.assertIs(["callback 0", "callback 1", "callback 2", "timer"]);
    giveBack();
  });
});

test("a callback that meets the end of memory is reported like any other failure", () => {
  onLoop(function* (stage) {
    const { loop, trace } = stage;
    let giveBack: (() => void) | undefined;
    loop.callSoon(() => {
      giveBack = exhaust(loop, 0);
      loop.callSoon(trace.adder("refused"));
    });
    loop.callSoon(trace.adder("the next callback"));
    yield;
    trace.assertIs(["the next callback"]);
    assert.deepEqual(
      stage.takeReports().map(({ exception }) => (exception as Error).name),
      ["RangeError"],
    );
    giveBack!();
  });
});
