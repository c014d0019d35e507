// Callbacks and steps that keep everybody else waiting.
import assert from "node:assert/strict";
import { test } from "node:test";
import { coroutine, createTask, sleep } from "../../bindings/index.js";
import { onDebugLoop } from "./onDebugLoop.js";

const HERE = /slowCallbacks\.test\.[jt]s/;

test("a slow callback is reported with its name, the time it took and where it was scheduled", async () => {
  const { logged } = await onDebugLoop(function* ({ loop, host }) {
    loop.callSoon(function crunch() {
      host.advance(150);
    });
    yield;
  });
  assert.equal(logged.length, 1);
  assert.match(logged[0]!, /^Executing <Handle function crunch> took 150\.0 ms\nmade at:\n/);
  assert.match(logged[0]!, HERE);
});

test("a slow step is reported with the task's name and where the task was made", async () => {
  const { logged } = await onDebugLoop(function* ({ host }) {
    const task = createTask(
      function* () {
        yield* sleep(1);
        host.advance(100);
        yield* sleep(1);
      },
      { name: "cruncher" },
    );
    yield* task;
  });
  assert.equal(logged.length, 1);
  assert.match(logged[0]!, /^Executing <Task pending name='cruncher' wait_for=<.*>> took 100\.0 ms\nmade at:\n/);
  assert.match(logged[0]!, HERE);
});

test("a slow last step is reported too", async () => {
  const { logged } = await onDebugLoop(function* ({ host }) {
    const crunch = coroutine(function* () {
      yield;
      host.advance(500);
      return "result";
    });
    yield* createTask(crunch(), { name: "cruncher" });
  });
  assert.match(logged.join(), /^Executing <Task finished name='cruncher' result="result"> took 500\.0 ms/);
});

test("a slow timer callback and a slow done callback are reported with where they were set", async () => {
  const { logged } = await onDebugLoop(function* ({ loop, host }) {
    loop.callLater(5, function onTimer() {
      host.advance(200);
    });
    const future = loop.createFuture<void>();
    future.addDoneCallback(function onDone() {
      host.advance(300);
    });
    yield* sleep(10);
    future.setResult();
    yield;
  });
  assert.equal(logged.length, 2);
  for (const [i, name] of ["onTimer", "onDone"].entries()) {
    assert.match(logged[i]!, new RegExp(`^Executing <Handle function ${name}> took \\d+\\.0 ms\nmade at:\n`));
    assert.match(logged[i]!, HERE);
  }
});

test("what takes less than slowCallbackDuration is not reported", async () => {
  const { logged } = await onDebugLoop(function* ({ loop, host }) {
    assert.equal(loop.slowCallbackDuration, 100);
    loop.callSoon(() => host.advance(99));
    yield;
  });
  assert.deepEqual(logged, []);
});

test("slowCallbackDuration may be changed while the loop runs", async () => {
  const { logged } = await onDebugLoop(function* ({ loop, host }) {
    loop.slowCallbackDuration = 10;
    loop.callSoon(() => host.advance(10));
    yield;
    loop.slowCallbackDuration = 1000;
    loop.callSoon(() => host.advance(999));
    yield;
  });
  assert.equal(logged.length, 1);
  assert.match(logged[0]!, /took 10\.0 ms/);
});

test("a slow callback that throws is reported for both", async () => {
  const stage = await onDebugLoop(function* ({ loop, host }) {
    loop.callSoon(function crunch() {
      host.advance(150);
      throw new Error("and failed");
    });
    yield;
  });
  assert.deepEqual(stage.messages(), ["Exception in callback crunch"]);
  assert.equal(stage.logged.length, 1);
});

test("without debug mode nothing is timed", async () => {
  const { logged } = await onDebugLoop(
    function* ({ loop, host }) {
      loop.callSoon(() => host.advance(5000));
      yield;
    },
    { debug: false },
  );
  assert.deepEqual(logged, []);
});
