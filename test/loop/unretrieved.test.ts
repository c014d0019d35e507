import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, EventLoop, sleep, type Future } from "../../bindings/index.js";
import { leakReport, VirtualHost } from "../../bindings/testing.js";
import { runProgram } from "../support/child.js";
import { onLoop, Stage, withLoop } from "../support/onLoop.js";

test("an exception that nobody retrieved is reported when the loop closes, once", () => {
  const stage = new Stage(new EventLoop({ host: new VirtualHost() }));
  const { loop } = stage;
  const error = new Error("nobody looks");
  const future = loop.createFuture();
  future.setException(error);
  assert.equal(leakReport(loop).unretrieved, 1);
  loop.close();
  const reports = stage.takeReports();
  assert.equal(reports.length, 1);
  assert.deepEqual(reports[0], { message: "Future exception was never retrieved", exception: error, future });
  loop.close();
  stage.assertNothingLeft();
});

test("a failed task is reported as a task", async () => {
  const stage = new Stage(new EventLoop({ host: new VirtualHost() }));
  stage.loop.createTask(() => {
    throw new Error("nobody looks");
  });
  await stage.loop.runUntilComplete(sleep(1));
  stage.loop.close();
  assert.deepEqual(
    stage.takeReports().map(({ message }) => message),
    ["Task exception was never retrieved"],
  );
});

const RETRIEVALS = {
  "result()": (future) => assert.throws(() => future.result()),
  "exception()": (future) => void future.exception(),
  "then()": (future) => void future.then(undefined, () => {}),
  "catch()": (future) => void future.catch(() => {}),
} satisfies Record<string, (future: Future<unknown>) => void>;

for (const [name, retrieve] of Object.entries(RETRIEVALS)) {
  test(`${name} retrieves an exception, at once or after the slice it came in`, async () => {
    await withLoop(async ({ loop }) => {
      const futures = [loop.createFuture(), loop.createFuture()];
      for (const future of futures) future.setException(new Error("looked at"));
      retrieve(futures[0]!);
      await loop.runUntilComplete(sleep(1));
      retrieve(futures[1]!);
      assert.equal(leakReport(loop).unretrieved, 0);
    });
  });
}

test("awaiting retrieves an exception", () => {
  onLoop(function* () {
    const failing = createTask(() => {
      throw new Error("caught");
    });
    try {
      yield* failing;
      assert.fail("the exception did not arrive");
    } catch (error) {
      assert.equal((error as Error).message, "caught");
    }
  });
});

test("a cancelled task is not reported", () => {
  onLoop(function* () {
    createTask(sleep(100)).cancel();
    yield* sleep(1);
  });
});

test("an exception nobody retrieved is reported when its future is collected, once", async () => {
  const program = `
    import { EventLoop, createTask, run, sleep } from "wasyncio";
    const reports = [];
    await run(function* () {
      loop.setExceptionHandler((_, { message, exception }) => reports.push(message + ": " + exception.message));
      createTask(() => { throw new Error("collected"); });
      for (let i = 0; i < 50 && reports.length === 0; i++) {
        yield* sleep(1);
        globalThis.gc();
      }
      console.log(reports.join("\\n"));
      reports.length = 0;
    }, { loopFactory: () => (globalThis.loop = new EventLoop()) });
    console.log("at close: " + reports.length);
  `;
  const { stdout, stderr } = await runProgram(program, { flags: ["--expose-gc"] });
  assert.equal(stderr, "");
  assert.equal(stdout, "Task exception was never retrieved: collected\nat close: 0\n");
});

test("then() hands the exception over: the host's own rule for unhandled rejections applies", async () => {
  const program = `
    import { run } from "wasyncio";
    import { EventLoop } from "wasyncio";
    process.on("unhandledRejection", (error) => console.log("unhandled: " + error.message));
    const loop = new EventLoop();
    loop.setExceptionHandler(() => console.log("reported by the loop"));
    await run(function* () {
      const future = loop.createFuture();
      future.setException(new Error("handed over"));
      void future.then(() => {});
      yield;
    }, { loopFactory: () => loop });
  `;
  const { stdout } = await runProgram(program);
  assert.equal(stdout, "unhandled: handed over\n");
});
