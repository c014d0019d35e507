import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, Queue, sleep, waitFor } from "../../bindings/index.js";
import { runVirtual } from "../../bindings/testing.js";
import "../support/core.js";

test("tasks of one loop may join a queue at which tasks of another have waited to put", () => {
  const queue = new Queue<number>(1);
  queue.putNowait(1);
  runVirtual(function* () {
    createTask(queue.put(2));
    yield* sleep(1);
  });
  assert.throws(
    () =>
      runVirtual(function* () {
        yield* waitFor(queue.join(), 10);
      }),
    { name: "TimeoutError" },
  );
  assert.throws(
    () =>
      runVirtual(function* () {
        yield* waitFor(queue.put(3), 10);
      }),
    /bound to a different event loop/,
  );
});
