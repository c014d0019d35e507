// Child processes and the end of their loop.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EventLoop, run, sleep, type Steps } from "../../../bindings/index.js";
import { SubprocessProtocol } from "../../../bindings/io.js";
import { isAlive } from "./isAlive.js";

test("a loop that closes kills the children that it has left", async () => {
  let pid = 0;
  await run(function* (task): Steps<void> {
    const [transport] = yield* task.getLoop().subprocessShell(() => new SubprocessProtocol(), "exec sleep 1000");
    pid = transport.getPid();
    assert.ok(isAlive(pid));
  });
  await run(function* () {
    for (let turns = 0; turns < 1000 && isAlive(pid); turns++) yield* sleep(1);
  });
  assert.ok(!isAlive(pid), "the child survived its loop");
});

test("a closed loop starts nothing", async () => {
  const loop = new EventLoop();
  loop.close();
  await assert.rejects(
    run(function* () {
      yield* loop.subprocessExec(() => new SubprocessProtocol(), "cat");
    }),
    { name: "RuntimeError", message: /closed/ },
  );
});
