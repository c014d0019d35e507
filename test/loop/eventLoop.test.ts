import assert from "node:assert/strict";
import { test } from "node:test";
import { copyContext, ContextVar, EventLoop, Future, newEventLoop, sleep, Task } from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import { onLoop, withLoop } from "../support/onLoop.js";

test("callSoon calls in the order of the calls, with their arguments", () => {
  onLoop(function* ({ loop, trace }) {
    const note = (...parts: unknown[]): void => trace.add(parts.join(" "));
    loop.callSoon(note, "first", 1);
    loop.callSoonThreadsafe(note, "second", 2, "more");
    loop.callSoon(note);
    yield;
    trace.assertIs(["first 1", "second 2 more", ""]);
  });
});

test("what a callback schedules runs in the next iteration", () => {
  onLoop(function* ({ loop, trace }) {
    loop.callSoon(() => {
      trace.add("a");
      loop.callSoon(trace.adder("c"));
    });
    loop.callSoon(trace.adder("b"));
    yield;
    trace.assertIs(["a", "b"]);
    yield;
    trace.assertIs(["a", "b", "c"]);
  });
});

test("callLater calls after its delay, in the order of the deadlines", () => {
  onLoop(function* ({ loop, trace }) {
    for (const delay of [30, 10, 20]) loop.callLater(delay, () => trace.add(`${delay} at ${loop.time()}`));
    yield* sleep(40);
    trace.assertIs(["10 at 10", "20 at 20", "30 at 30"]);
  });
});

test("timers with one deadline fire in the order in which they were set", () => {
  onLoop(function* ({ loop, trace }) {
    loop.callAt(10, trace.adder("a"));
    loop.callLater(10, trace.adder("b"));
    loop.callAt(5, trace.adder("early"));
    loop.callAt(10, trace.adder("c"));
    yield* sleep(11);
    trace.assertIs(["early", "a", "b", "c"]);
  });
});

test("a negative delay and a time in the past mean now", () => {
  onLoop(function* ({ loop, trace }) {
    yield* sleep(100);
    loop.callLater(-50, trace.adder("later"));
    loop.callAt(3, trace.adder("at"));
    yield* sleep(0);
    yield* sleep(0);
    assert.equal(loop.time(), 100);
    trace.assertIs(["at", "later"]);
  });
});

test("callLater passes its arguments and callAt too", () => {
  onLoop(function* ({ loop, trace }) {
    loop.callLater(1, (...parts: unknown[]) => trace.add(parts.join(" ")), 1, "one");
    loop.callAt(2, (...parts: unknown[]) => trace.add(parts.join(" ")), 2, "two");
    yield* sleep(3);
    trace.assertIs(["1 one", "2 two"]);
  });
});

test("a callback runs in a copy of the context it was scheduled in", () => {
  onLoop(function* ({ loop, trace }) {
    const variable = new ContextVar<string>("variable");
    variable.set("before");
    loop.callSoon(() => {
      trace.add(variable.get());
      variable.set("changed by the callback");
    });
    loop.callLater(1, () => trace.add(variable.get()));
    variable.set("after");
    yield* sleep(2);
    trace.assertIs(["before", "before"]);
    assert.equal(variable.get(), "after");
  });
});

test("the In forms run a callback in the given context itself", () => {
  onLoop(function* ({ loop, trace }) {
    const variable = new ContextVar<number>("variable", { default: 0 });
    const context = copyContext();
    const increment = (name: string): void => {
      variable.set(variable.get() + 1);
      trace.add(`${name} ${variable.get()}`);
    };
    loop.callSoonIn(context, increment, "soon");
    loop.callLaterIn(context, 2, increment, "later");
    loop.callAtIn(context, 1, increment, "at");
    yield* sleep(3);
    trace.assertIs(["soon 1", "at 2", "later 3"]);
    assert.equal(context.get(variable), 3);
    assert.equal(variable.get(), 0);
  });
});

test("time() follows the host's clock within a step", async () => {
  const host = new VirtualHost({ autojump: false });
  await withLoop(({ loop }) => {
    assert.equal(loop.time(), 0);
    host.advance(12.5);
    assert.equal(loop.time(), 12.5);
  }, host);
});

test("createFuture and createTask make Futures and Tasks of the loop", () => {
  onLoop(function* ({ loop }) {
    const future = loop.createFuture<number>();
    const task = loop.createTask(sleep(1, "slept"), { name: "sleeper" });
    assert.ok(future instanceof Future && task instanceof Task);
    assert.equal(future.getLoop(), loop);
    assert.equal(task.getLoop(), loop);
    assert.equal(yield* task, "slept");
  });
});

test("newEventLoop makes a loop of its own that is not running", () => {
  const loop = newEventLoop();
  assert.ok(loop instanceof EventLoop);
  assert.notEqual(loop, newEventLoop());
  assert.equal(loop.isRunning(), false);
  assert.equal(loop.isClosed(), false);
  loop.close();
});

test("a closed loop forgets what was ready and its timers", async () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  const called: string[] = [];
  loop.callSoon(() => called.push("ready"));
  const timer = loop.callLater(1, () => called.push("timer"));
  loop.close();
  await new Promise(setImmediate);
  timer.cancel();
  assert.deepEqual(called, []);
});

test("runUntilComplete gives the outcome of a coroutine, a generator, a Future and a promise", async () => {
  await withLoop(async ({ loop }) => {
    assert.equal(await loop.runUntilComplete(sleep(10, "coroutine")), "coroutine");
    const generator = (function* () {
      yield* sleep(1);
      return "generator";
    })();
    assert.equal(await loop.runUntilComplete(generator), "generator");
    const future = loop.createFuture<string>();
    loop.callLater(10, () => future.setResult("future"));
    assert.equal(await loop.runUntilComplete(future), "future");
    assert.equal(await loop.runUntilComplete(Promise.resolve("promise")), "promise");
  });
});

test("runUntilComplete rejects with what the awaitable failed with", async () => {
  await withLoop(async ({ loop }) => {
    const failing = loop.createTask(function* () {
      yield* sleep(1);
      throw new RangeError("failed");
    });
    await assert.rejects(loop.runUntilComplete(failing), RangeError);
    assert.equal(await loop.runUntilComplete(sleep(1, "again")), "again");
  });
});

test("runUntilComplete rejects when the loop is stopped before the awaitable is done", async () => {
  await withLoop(async ({ loop }) => {
    const task = loop.createTask(sleep(100));
    loop.callLater(10, () => loop.stop());
    await assert.rejects(loop.runUntilComplete(task), {
      name: "RuntimeError",
      message: "Event loop stopped before Future completed.",
    });
    task.cancel();
    await assert.rejects(loop.runUntilComplete(task), { name: "CancelledError" });
  });
});

test("runUntilComplete refuses what is not awaitable", async () => {
  await withLoop(({ loop }) => {
    assert.throws(() => void loop.runUntilComplete(5 as never), { name: "TypeError", message: /got 5$/ });
    assert.equal(loop.isRunning(), false);
  });
});

test("runUntilComplete runs the iteration to its end in which the awaitable is done", async () => {
  await withLoop(async ({ loop, trace }) => {
    const future = loop.createFuture<void>();
    loop.callSoon(() => {
      future.setResult();
      trace.add("set");
    });
    loop.callSoon(trace.adder("same iteration"));
    await loop.runUntilComplete(future);
    trace.assertIs(["set", "same iteration"]);
  });
});
