import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createTask,
  EventLoop,
  Future,
  gather,
  getEventLoop,
  getRunningLoop,
  run,
  setEventLoop,
  sleep,
  wrapFuture,
} from "../../bindings/index.js";
import { makeStore } from "../../bindings/hosts/asyncLocalStorage.js";
import { VirtualHost } from "../../bindings/testing.js";
import { onHostLoop, onLoop, type Stage } from "../support/onLoop.js";
import { testWhere } from "../support/testWhere.js";

test("getRunningLoop answers inside steps and callbacks", () => {
  onLoop(function* ({ loop, trace }) {
    assert.equal(getRunningLoop(), loop);
    loop.callSoon(() => {
      assert.equal(getRunningLoop(), loop);
      trace.add("callback");
    });
    yield* sleep(1);
    assert.equal(getRunningLoop(), loop);
    trace.assertIs(["callback"]);
  });
});

test("getRunningLoop throws after the first await of a native async function", async () => {
  await onHostLoop(async ({ loop }) => {
    assert.equal(getRunningLoop(), loop);
    await null;
    assert.throws(() => getRunningLoop(), { name: "RuntimeError" });
  });
});

test("what needs a loop takes the only one whose run has not ended", async () => {
  await onHostLoop(async ({ loop }) => {
    await null;
    assert.equal(new Future().getLoop(), loop);
    const task = createTask(sleep(1, "slept"));
    assert.equal(task.getLoop(), loop);
    assert.deepEqual(await gather([task, sleep(2, "too")]), ["slept", "too"]);
  });
});

test("what needs a loop takes the thread's background loop where no other runs", async () => {
  const loop = getEventLoop();
  assert.equal(new Future().getLoop(), loop);
  assert.equal(loop.isClosed(), false);
  assert.equal(await createTask(sleep(1, "on the background loop")), "on the background loop");
  assert.deepEqual(await gather([sleep(1, "a"), sleep(1, "b")]), ["a", "b"]);
  assert.equal(getEventLoop(), loop);
});

test("the background loop does not make run() refuse", async () => {
  const task = createTask(function* () {
    const own = run(function* () {
      return yield* sleep(1, "ran");
    });
    return yield* wrapFuture(own);
  });
  assert.equal(await task, "ran");
});

testWhere(
  makeStore() !== null,
  "there is no AsyncLocalStorage",
  "a native task's loop is known after its first await where several loops run",
  async () => {
    await Promise.all([onHostLoop(awaitAndAsk), onHostLoop(awaitAndAsk)]);
    async function awaitAndAsk({ loop }: Stage): Promise<void> {
      await null;
      assert.equal(new Future().getLoop(), loop);
      await sleep(5);
      assert.equal(createTask(sleep(1)).getLoop(), loop);
    }
  },
);

test("the running loop comes first where several run", async () => {
  const body = function* ({ loop }: { loop: EventLoop }) {
    for (let i = 0; i < 5; i++) {
      assert.equal(new Future().getLoop(), loop);
      yield* sleep(1);
    }
  };
  await Promise.all([onHostLoop(body), onHostLoop(body)]);
});

test("setEventLoop makes a loop the answer outside of every loop, and null forgets it", () => {
  const loop = new EventLoop();
  setEventLoop(loop);
  assert.equal(getEventLoop(), loop);
  setEventLoop(null);
  assert.notEqual(getEventLoop(), loop);
  loop.close();
});

test("inside a run getEventLoop is the running loop, whatever was set", async () => {
  const chosen = new EventLoop();
  setEventLoop(chosen);
  const own = new EventLoop({ host: new VirtualHost() });
  await run(() => assert.equal(getEventLoop(), own), { loopFactory: () => own });
  setEventLoop(null);
  chosen.close();
});
