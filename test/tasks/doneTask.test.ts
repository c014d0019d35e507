// What a task holds when it is done.
import assert from "node:assert/strict";
import { test } from "node:test";
import { coroutine, createTask, type Steps } from "../../bindings/index.js";
import { runProgram } from "../support/child.js";
import { onLoop } from "../support/onLoop.js";

test("the coroutine of a task that is done still tells its function's name", () => {
  onLoop(function* () {
    const fetchPage = coroutine(function* fetchPage(): Steps<void> {});
    const made = fetchPage();
    const task = createTask(made);
    assert.equal(String(made), "<Coroutine fetchPage>");
    yield* task;
    assert.equal(task.getCoro(), made);
    assert.equal(String(made), "<Coroutine fetchPage>");
  });
});

test("a task that is done does not keep the generator that it has run", async () => {
  const program = `
    import { coroutine, createTask, run, sleep } from "wasyncio";
    const generators = [];
    function* sleeping(delay) {
      if (delay > 0) yield* sleep(delay);
    }
    const noted = coroutine((delay) => {
      const generator = sleeping(delay);
      generators.push(new WeakRef(generator));
      return generator;
    });
    await run(function* () {
      const tasks = [createTask(noted(0)), createTask(noted(1)), createTask(noted(0), { eagerStart: true })];
      for (const task of tasks) yield* task;
      for (let i = 0; i < 5; i++) {
        globalThis.gc();
        yield* sleep(1);
      }
      console.log(generators.filter((ref) => ref.deref() !== undefined).length, tasks.length);
    });
  `;
  const { stdout, stderr } = await runProgram(program, { flags: ["--expose-gc"] });
  assert.deepEqual([stdout, stderr], ["0 3\n", ""]);
});
