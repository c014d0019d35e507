import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ALL_COMPLETED,
  createTask,
  EventLoop,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  Future,
  sleep,
  wait,
  type Steps,
  type Task,
} from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

function* failAfter(delay: number): Steps<never> {
  yield* sleep(delay);
  throw new RangeError("failed");
}

const failing = (delay: number): Task<never> => createTask(() => failAfter(delay));

test("wait gives the futures that are done and those that are not, in the order of the arguments", () => {
  onLoop(function* ({ loop }) {
    const slow = createTask(sleep(30));
    const quick = createTask(sleep(10));
    const waited = yield* wait([slow, quick], { timeout: 20 });
    assert.deepEqual(waited, { done: new Set([quick]), pending: new Set([slow]) });
    assert.equal(loop.time(), 20);
    const all = yield* wait(new Set([slow, quick]));
    assert.deepEqual([...all.done], [slow, quick]);
    assert.equal(all.pending.size, 0);
    assert.equal(loop.time(), 30);
  });
});

test("FIRST_COMPLETED returns with the first, and with all that are done by then", () => {
  onLoop(function* ({ loop }) {
    const tasks = [createTask(sleep(30)), createTask(sleep(10)), createTask(sleep(10))];
    const { done, pending } = yield* wait(tasks, { returnWhen: FIRST_COMPLETED });
    assert.equal(loop.time(), 10);
    assert.deepEqual([...done], [tasks[1], tasks[2]]);
    yield* wait(pending);
  });
});

test("FIRST_EXCEPTION returns with the first failure; a cancelled future is none", () => {
  onLoop(function* ({ loop }) {
    const tasks = [createTask(sleep(30)), failing(10), createTask(sleep(20))];
    tasks[2]!.cancel();
    const { done } = yield* wait(tasks, { returnWhen: FIRST_EXCEPTION });
    assert.equal(loop.time(), 10);
    assert.deepEqual([...done], [tasks[1], tasks[2]]);
    const all = yield* wait([tasks[0]!], { returnWhen: FIRST_EXCEPTION });
    assert.equal(all.pending.size, 0);
    assert.equal(loop.time(), 30);
  });
});

test("wait throws nothing that a future failed with, and looks at no exception but where asyncio does", () => {
  onLoop(function* () {
    const task = failing(10);
    yield* wait([task], { returnWhen: ALL_COMPLETED });
    assert.equal((task.exception() as Error).message, "failed");
  });
});

test("futures that are done still cost as much as one that settles at once", () => {
  onLoop(function* ({ loop, trace }) {
    const future = new Future<number>();
    future.setResult(1);
    loop.callSoon(() => {
      trace.add("done callbacks");
      loop.callSoon(trace.adder("waiters"));
    });
    yield* wait([future]);
    trace.add("waited");
    trace.assertIs(["done callbacks", "waiters", "waited"]);
  });
});

test("a wait takes the place of a done callback among those of the future", () => {
  onLoop(function* ({ trace }) {
    const future = new Future<number>();
    future.addDoneCallback(trace.adder("before"));
    const waiter = createTask(function* () {
      yield* wait([future]);
      trace.add("waited");
    });
    yield;
    future.addDoneCallback(trace.adder("after"));
    future.setResult(1);
    yield* waiter;
    trace.assertIs(["before", "after", "waited"]);
  });
});

test("a timeout of zero or less returns at the next turn of the timers", () => {
  onLoop(function* ({ loop }) {
    const future = new Future<number>();
    for (const timeout of [0, -5]) {
      const { pending } = yield* wait([future], { timeout });
      assert.deepEqual([...pending], [future]);
    }
    assert.equal(loop.time(), 0);
  });
});

test("a future that is given twice counts once", () => {
  onLoop(function* () {
    const task = createTask(sleep(10));
    const { done } = yield* wait([task, task, task]);
    assert.deepEqual([...done], [task]);
  });
});

test("cancelling a task in wait leaves the futures alone, and nothing behind", () => {
  onLoop(function* ({ loop }) {
    const future = new Future<number>();
    const waiter = createTask(wait([future], { timeout: 1_000_000 }));
    yield;
    waiter.cancel();
    yield* failureOf(waiter);
    assert.equal(waiter.cancelled(), true);
    assert.equal(future.done(), false);
    assert.equal(loop.time(), 0);
  });
});

test("a task cancelled in the iteration in which a future settles is cancelled", () => {
  onLoop(function* () {
    const future = new Future<number>();
    const waiter = createTask(wait([future]));
    yield;
    future.setResult(1);
    waiter.cancel();
    yield* failureOf(waiter);
    assert.equal(waiter.cancelled(), true);
  });
});

test("several tasks may wait for the same futures", () => {
  onLoop(function* () {
    const futures = [new Future<number>(), new Future<number>()];
    const waiters = [1, 2, 3].map(() => createTask(wait(futures, { returnWhen: FIRST_COMPLETED })));
    yield;
    futures[1]!.setResult(1);
    const { done } = yield* wait(waiters);
    assert.equal(done.size, 3);
    for (const waiter of waiters) assert.deepEqual([...waiter.result().pending], [futures[0]]);
  });
});

test("native code may await a wait", async () => {
  await onHostLoop(async () => {
    const task = createTask(sleep(10, "slept"));
    const { done } = await wait([task]);
    assert.deepEqual([...done], [task]);
  });
});

test("wait refuses a lone awaitable, and names the list it should be", () => {
  onLoop(function* () {
    const task = createTask(sleep(0));
    for (const lone of [task, new Future(), sleep(5), Promise.resolve()]) {
      assert.throws(() => wait(lone as never), { name: "TypeError", message: /write wait\(\[x\]\)/ });
    }
    yield* task;
  });
});

test("wait refuses what is no list of futures", () => {
  onLoop(function* () {
    assert.throws(() => wait(3 as never), { name: "TypeError", message: /iterable of awaitables, got 3/ });
    assert.throws(() => wait(null as never), { name: "TypeError", message: /got null/ });
    assert.throws(() => wait([]), { name: "ValueError", message: /one Future at least/ });
    assert.throws(() => wait(new Set() as Set<Future<unknown>>), { name: "ValueError" });
    assert.throws(() => wait([sleep(5) as never]), { name: "TypeError", message: /make tasks of coroutines/ });
    assert.throws(() => wait([Promise.resolve() as never]), {
      name: "TypeError",
      message: /ensureFuture makes a Future/,
    });
    yield;
  });
});

test("wait refuses an unknown returnWhen and a timeout that is no number", () => {
  onLoop(function* () {
    const future = new Future<number>();
    for (const returnWhen of ["FIRST", "", null, 1]) {
      assert.throws(() => wait([future], { returnWhen: returnWhen as never }), {
        name: "ValueError",
        message: /FIRST_COMPLETED, FIRST_EXCEPTION or ALL_COMPLETED, got /,
      });
    }
    for (const timeout of ["5", NaN, Infinity]) {
      assert.throws(() => wait([future], { timeout: timeout as never }), {
        name: "TypeError",
        message: /^wait expects/,
      });
    }
    yield;
  });
});

test("wait refuses a future of another loop", () => {
  const other = new EventLoop();
  onLoop(function* () {
    const error = yield* failureOf(wait([other.createFuture<number>()]));
    assert.equal((error as Error).name, "RuntimeError");
    assert.match((error as Error).message, /different loop/);
  });
  other.close();
});
