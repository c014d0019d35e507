import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, DeadlockError, EventLoop, gather, run, sleep, type Steps } from "../../bindings/index.js";
import { leakReport, runVirtual, VirtualHost } from "../../bindings/testing.js";
import { assertConsistent, onHostLoop } from "../support/onLoop.js";
import { Trace } from "../support/trace.js";

/** Main waits for a task, which waits for a future that nobody settles. */
function* stuck(loop: EventLoop, trace?: Trace): Steps<void> {
  const future = loop.createFuture<void>();
  const inner = createTask(
    function* () {
      try {
        yield* future;
      } finally {
        trace?.add("inner left");
      }
    },
    { name: "inner" },
  );
  try {
    yield* inner;
  } finally {
    trace?.add("main left");
  }
}

test("runVirtual throws a DeadlockError that names each blocked task and what it waits for", () => {
  assert.throws(
    () => runVirtual((task) => (task.setName("main"), stuck(task.getLoop()))),
    (error) => {
      assert.ok(error instanceof DeadlockError);
      assert.match(error.message, /^nothing can run any more: /);
      assert.match(error.message, /'main' waits for <Task pending name='inner'/);
      assert.match(error.message, /'inner' waits for <Future pending>/);
      return true;
    },
  );
});

test("no user code runs after runVirtual has thrown the DeadlockError", () => {
  const trace = new Trace();
  assert.throws(() => runVirtual((task) => stuck(task.getLoop(), trace)), DeadlockError);
  trace.assertIs([]);
  assert.equal(runVirtual(sleep(1, "the next program runs")), "the next program runs");
});

test("a foreign promise that is pending is named by runVirtual", () => {
  assert.throws(
    () =>
      runVirtual(function* () {
        yield new Promise(() => {});
      }),
    { name: "DeadlockError", message: /foreign promise/ },
  );
});

test("run on a VirtualHost raises the DeadlockError where main waits, and main may go on", async () => {
  await onHostLoop(function* ({ loop, trace }) {
    const future = loop.createFuture<void>();
    try {
      yield* future;
    } catch (error) {
      assert.ok(error instanceof DeadlockError);
      trace.add("told");
    }
    assert.equal(yield* sleep(5, "went on"), "went on");
    future.setResult();
    trace.assertIs(["told"]);
  });
});

test("run on a VirtualHost rejects with the DeadlockError, and leaves nothing behind", async () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  const trace = new Trace();
  const main = run((task) => (task.setName("main"), stuck(task.getLoop(), trace)), { loopFactory: () => loop });
  await assert.rejects(main, { name: "DeadlockError", message: /'main' waits for .*inner/ });
  trace.assertIs(["main left", "inner left"]);
  assert.equal(loop.isClosed(), true);
  assert.equal(leakReport(loop).isClean, true);
  assertConsistent(loop);
});

test("a main that waits in a gather is told where it waits", async () => {
  await onHostLoop(function* ({ loop }) {
    const futures = [loop.createFuture<void>(), loop.createFuture<void>()];
    try {
      yield* gather(futures);
      assert.fail("no error");
    } catch (error) {
      assert.ok(error instanceof DeadlockError);
    }
    for (const future of futures) future.setResult();
    yield;
  });
});

test("what promises and one macrotask bring is waited for before a deadlock is seen", async () => {
  await onHostLoop(function* ({ loop }) {
    for (let i = 0; i < 5; i++) {
      const future = loop.createFuture<string>();
      setImmediate(() => future.setResult("by a macrotask"));
      assert.equal(yield* future, "by a macrotask");
    }
  });
});

test("each time the loop falls idle the wait for promises and a macrotask begins anew", async () => {
  await onHostLoop(function* ({ loop }) {
    for (let i = 0; i < 5; i++) {
      const future = loop.createFuture<string>();
      setTimeout(() => future.setResult("by a host timer"), 0);
      assert.equal(yield* future, "by a host timer");
    }
  });
});

test("a pending foreign promise counts as something that can still run", async () => {
  await onHostLoop(async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
  });
});

test("leftovers that refuse to leave are a DeadlockError of run, not a promise that never settles", async () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  const main = run(
    function* () {
      createTask(
        function* () {
          try {
            yield* sleep(1000);
          } finally {
            yield* loop.createFuture<void>();
          }
        },
        { name: "refuser" },
      );
      yield* sleep(1);
    },
    { loopFactory: () => loop },
  );
  const outcome = await Promise.race([
    main.catch((error: unknown) => error),
    new Promise((r) => setTimeout(r, 500, "hangs")),
  ]);
  assert.ok(outcome instanceof DeadlockError, String(outcome));
  assert.match(outcome.message, /'refuser'/);
});
