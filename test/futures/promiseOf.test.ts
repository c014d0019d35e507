import assert from "node:assert/strict";
import { test } from "node:test";
import { CancelledError, sleep } from "../../bindings/index.js";
import { onHostLoop } from "../support/onLoop.js";

test("await gives a future's result in a native async function", async () => {
  await onHostLoop(async ({ loop }) => {
    const future = loop.createFuture<string>();
    loop.callLater(10, () => future.setResult("result"));
    assert.equal(await future, "result");
    assert.equal(await future, "result");
  });
});

test("await throws a future's exception", async () => {
  await onHostLoop(async ({ loop }) => {
    const future = loop.createFuture();
    loop.callLater(10, () => future.setException(new RangeError("failed")));
    await assert.rejects(async () => await future, RangeError);
  });
});

test("await of a cancelled future throws a CancelledError", async () => {
  await onHostLoop(async ({ loop }) => {
    const future = loop.createFuture();
    future.cancel("enough");
    await assert.rejects(
      async () => await future,
      (error) => error instanceof CancelledError && error.msg === "enough",
    );
  });
});

test("then, catch and finally are a promise's", async () => {
  await onHostLoop(async ({ loop, trace }) => {
    const good = loop.createFuture<number>();
    const bad = loop.createFuture<number>();
    good.setResult(20);
    bad.setException(new Error("bad"));
    assert.equal(await good.then((value) => value + 1), 21);
    assert.equal(await good.catch(() => 0), 20);
    assert.equal(await good.finally(trace.adder("finally good")), 20);
    assert.equal(await bad.then(undefined, (error) => (error as Error).message), "bad");
    assert.equal(await bad.catch(() => "caught"), "caught");
    await assert.rejects(bad.finally(trace.adder("finally bad")), { message: "bad" });
    assert.ok(good.then() instanceof Promise);
    trace.assertIs(["finally good", "finally bad"]);
  });
});

test("a future takes part in Promise.all and Promise.race", async () => {
  await onHostLoop(async ({ loop }) => {
    const future = loop.createFuture<string>();
    loop.callLater(10, () => future.setResult("future"));
    assert.deepEqual(await Promise.all([future, sleep(5, "sleep"), "value"]), ["future", "sleep", "value"]);
    const slower = loop.createFuture<string>();
    assert.equal(await Promise.race([slower, future]), "future");
    slower.cancel();
  });
});

test("a promise's reactions run where the loop calls the future's other callbacks", async () => {
  await onHostLoop(async ({ loop, trace }) => {
    const future = loop.createFuture<void>();
    const reaction = future.then(trace.adder("reaction"));
    future.addDoneCallback(trace.adder("callback"));
    loop.callSoon(() => future.setResult());
    await reaction;
    trace.assertIs(["callback", "reaction"]);
  });
});
