// What keeps a process alive, seen from outside of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runProgram } from "../support/child.js";
import { testOnlyIn } from "../support/testWhere.js";

/** Node's status when everything has ended but a top-level await. */
const UNSETTLED_TOP_LEVEL_AWAIT = 13;

test("a program that has ended leaves nothing that keeps its process alive", async () => {
  const { status, stdout, stderr } = await runProgram(`
    import { run, sleep } from "wasyncio";
    run(function* () {
      yield* sleep(1);
    }).then(() => console.log("ended"));
  `);
  assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: "ended\n", stderr: "" });
});

test("an idle loop does not keep its process alive", async () => {
  const { status, stdout } = await runProgram(`
    import { EventLoop, run } from "wasyncio";
    process.on("exit", () => console.log("exit"));
    new EventLoop().runForever();
    run(async (task) => { await task.getLoop().createFuture(); console.log("never"); });
  `);
  assert.deepEqual({ status, stdout }, { status: 0, stdout: "exit\n" });
});

testOnlyIn(
  ["node"],
  "Bun waits for ever at a top-level await that never settles, Deno as long as there is a signal listener",
  "a program that awaits an idle loop at its top level is told by Node",
  async () => {
    const { status } = await runProgram(`
      import { run } from "wasyncio";
      await run(function* (task) { yield* task.getLoop().createFuture(); });
    `);
    assert.equal(status, UNSETTLED_TOP_LEVEL_AWAIT);
  },
);

test("a pending timer keeps its process alive", async () => {
  const { status, stdout } = await runProgram(`
    import { run, sleep } from "wasyncio";
    run(function* () {
      yield* sleep(300);
      console.log("slept");
    });
  `);
  assert.deepEqual({ status, stdout }, { status: 0, stdout: "slept\n" });
});

test("a cancelled timer does not keep its process alive", async () => {
  const { status, stdout } = await runProgram(`
    import { EventLoop } from "wasyncio";
    process.on("exit", () => console.log(performance.now() < 60_000 ? "at once" : "late"));
    const loop = new EventLoop();
    const timer = loop.callLater(10_000_000, () => {});
    loop.runForever();
    setTimeout(() => timer.cancel(), 20);
  `);
  assert.deepEqual({ status, stdout }, { status: 0, stdout: "at once\n" });
});

test("the background loop does not keep an idle process alive, and finishes its work", async () => {
  const { status, stdout } = await runProgram(`
    import { createTask, sleep } from "wasyncio";
    createTask(function* () {
      yield* sleep(20);
      console.log("worked");
    });
  `);
  assert.deepEqual({ status, stdout }, { status: 0, stdout: "worked\n" });
});

test("an exception that nobody retrieved is written to the error output and does not end the process", async () => {
  const { status, stdout, stderr } = await runProgram(`
    import { createTask, run, sleep } from "wasyncio";
    await run(function* () {
      createTask(function failing() { throw new Error("unnoticed"); });
      yield* sleep(1);
    });
    console.log("still here");
  `);
  assert.deepEqual({ status, stdout }, { status: 0, stdout: "still here\n" });
  assert.match(stderr, /^Task exception was never retrieved\n.*Error: unnoticed/s);
});
