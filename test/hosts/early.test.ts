// Real time: host timers may fire up to 2 ms early; nothing of ours may.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, run, sleep } from "../../bindings/index.js";

test("a thousand timers of 1 to 30 ms: none fires before its time", async () => {
  await run(function* (task) {
    const loop = task.getLoop();
    let fired = 0;
    let earliest = Infinity;
    for (let i = 0; i < 1000; i++) {
      const timer = loop.callLater(1 + (i % 290) / 10, () => {
        fired++;
        earliest = Math.min(earliest, loop.time() - timer.when());
      });
    }
    yield* sleep(40);
    assert.equal(fired, 1000);
    assert.ok(earliest >= 0, `${earliest} ms early`);
  });
});

test("a sleep lasts at least its delay by the process's own clock", async () => {
  await run(function* () {
    const nap = (delay: number) =>
      function* () {
        const start = performance.now();
        yield* sleep(delay);
        return performance.now() - start - delay;
      };
    const tasks = Array.from({ length: 200 }, (_, i) => createTask(nap(1 + (i % 20) * 1.3)));
    for (const task of tasks) assert.ok((yield* task) >= 0);
  });
});
