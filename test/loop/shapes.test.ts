// What V8 says when it throws optimised code away: Node only, and only on the V8 whose words these are.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runProgram } from "../support/child.js";

const FLAGS = ["--expose-gc", "--trace-deopt", "--trace-deopt-verbose"];

const PROGRAM = `
  import { coroutine, createTask, gather, isCancelled, run, sleep } from "wasyncio";
  const step = coroutine(function* () { yield; });
  const sleeper = coroutine(function* () { yield* sleep(1000); });
  for (let i = 0; i < 5; i++) {
    await run(function* () {
      for (let k = 0; k < 20; k++) yield* gather(Array.from({ length: 1000 }, () => step()));
      const tasks = Array.from({ length: 1000 }, () => createTask(sleeper()));
      yield;
      for (const task of tasks) task.cancel();
      for (const task of tasks) {
        try { yield* task; } catch (error) { if (!isCancelled(error)) throw error; }
      }
    });
    gc();
  }
  console.log("done");
`;

const HOT = [
  "drive",
  "_step",
  "runFrames",
  "createTask",
  "makeTask",
  "Task",
  "copyBindings",
  "openTask",
  "tick",
  "_abort",
];

test("compiled code of the hot path outlives each loop it has served", async () => {
  const { stdout } = await runProgram(PROGRAM, { flags: FLAGS, core: "release" });
  assert.match(stdout, /^done$/m);
  assert.match(stdout, /deoptimizing/, "V8 says what it does");
  const thrownAway = [...stdout.matchAll(/SharedFunctionInfo (\S+?)>.*reason: weak objects/g)].map(([, name]) => name);
  assert.deepEqual(
    thrownAway.filter((name) => HOT.includes(name!)),
    [],
  );
});
