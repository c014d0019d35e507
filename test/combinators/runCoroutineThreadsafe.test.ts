import assert from "node:assert/strict";
import { test } from "node:test";
import { coroutine, getRunningLoop, runCoroutineThreadsafe, sleep } from "../../bindings/index.js";
import { withLoop } from "../support/onLoop.js";

const work = coroutine(function* (error?: Error) {
  yield* sleep(5);
  if (error !== undefined) throw error;
  return getRunningLoop();
});

test("a coroutine runs as a task of the loop that is given, and its outcome is a promise", async () => {
  await withLoop(async ({ loop }) => {
    const running = loop.runForever();
    assert.equal(await runCoroutineThreadsafe(work(), loop), loop);
    await assert.rejects(runCoroutineThreadsafe(work(new RangeError("failed")), loop), { message: "failed" });
    loop.stop();
    await running;
  });
});

test("a coroutine that is driven already rejects", async () => {
  await withLoop(async ({ loop }) => {
    const running = loop.runForever();
    const once = work();
    await runCoroutineThreadsafe(once, loop);
    await assert.rejects(runCoroutineThreadsafe(once, loop), { name: "RuntimeError" });
    loop.stop();
    await running;
  });
});

test("what is no coroutine, or no loop, is refused at the call", async () => {
  await withLoop(({ loop }) => {
    const refused = [Promise.resolve(), loop.createFuture(), work, 3];
    for (const value of refused) {
      assert.throws(() => runCoroutineThreadsafe(value as never, loop), {
        name: "TypeError",
        message: /a coroutine, got/,
      });
    }
    assert.throws(() => runCoroutineThreadsafe(work(), 3 as never), {
      name: "TypeError",
      message: /the loop .* got 3/,
    });
  });
});
