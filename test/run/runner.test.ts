import assert from "node:assert/strict";
import { test } from "node:test";
import { ContextVar, createTask, EventLoop, Runner, sleep } from "../../bindings/index.js";
import { leakReport, VirtualHost } from "../../bindings/testing.js";
import { Trace } from "../support/trace.js";

const onVirtualTime = { loopFactory: () => new EventLoop({ host: new VirtualHost() }) };

test("a runner runs several mains on one loop and in one context", async () => {
  const variable = new ContextVar<number>("variable", { default: 0 });
  const runner = new Runner(onVirtualTime);
  const main = function* () {
    yield* sleep(10);
    variable.set(variable.get() + 1);
    return variable.get();
  };
  assert.equal(await runner.run(main), 1);
  assert.equal(await runner.run(main), 2);
  assert.equal(runner.getLoop().time(), 20);
  assert.equal(variable.get(), 0);
  await runner.close();
});

test("a task that one main leaves goes on during the next, and is cancelled by close", async () => {
  const trace = new Trace();
  const runner = new Runner(onVirtualTime);
  await runner.run(() => {
    createTask(function* () {
      yield* sleep(10);
      trace.add("during the next main");
      try {
        yield* sleep(1000);
      } finally {
        trace.add("cancelled");
      }
    });
  });
  await runner.run(sleep(20));
  const loop = runner.getLoop();
  await runner.close();
  trace.assertIs(["during the next main", "cancelled"]);
  assert.equal(loop.isClosed(), true);
  assert.equal(leakReport(loop).isClean, true);
});

test("the loop is made at the first use, and close without one makes none", async () => {
  let made = 0;
  const loopFactory = (): EventLoop => {
    made++;
    return onVirtualTime.loopFactory();
  };
  const unused = new Runner({ loopFactory });
  await unused.close();
  assert.equal(made, 0);
  const runner = new Runner({ loopFactory });
  assert.equal(runner.getLoop(), runner.getLoop());
  assert.equal(made, 1);
  await runner.close();
});

test("a closed runner refuses, and closing twice is no error", async () => {
  const runner = new Runner(onVirtualTime);
  await runner.run(() => {});
  await runner.close();
  await runner.close();
  assert.throws(() => runner.getLoop(), { name: "RuntimeError", message: "Runner is closed" });
  assert.throws(() => void runner.run(() => {}), { name: "RuntimeError", message: "Runner is closed" });
});

test("a runner awaits a Future of its loop", async () => {
  const runner = new Runner(onVirtualTime);
  const future = runner.getLoop().createFuture<string>();
  runner.getLoop().callLater(5, () => future.setResult("result"));
  assert.equal(await runner.run(future), "result");
  await runner.close();
});

test("a main that fails leaves the runner usable", async () => {
  const runner = new Runner(onVirtualTime);
  const failing = runner.run(() => {
    throw new RangeError("thrown");
  });
  await assert.rejects(failing, RangeError);
  assert.equal(await runner.run(sleep(1, "again")), "again");
  await runner.close();
});

test("Symbol.asyncDispose closes", async () => {
  const runner = new Runner(onVirtualTime);
  const loop = runner.getLoop();
  await runner[Symbol.asyncDispose]();
  assert.equal(loop.isClosed(), true);
});
