import assert from "node:assert/strict";
import { test } from "node:test";
import { pruned } from "./prune.js";

test("functions that only unreachable functions name are dropped", () => {
  const program = pruned({
    coros: { main: { b: [["call", "used"]] }, used: { b: [] }, idle: { b: [["call_soon", "behind"]] } },
    cbs: { behind: { b: [] } },
  });
  assert.deepEqual(program, { coros: { main: { b: [["call", "used"]] }, used: { b: [] } } });
});

test("what the driver names is kept", () => {
  const program = pruned({
    coros: { main: { b: [] } },
    cbs: { tick: { b: [] } },
    driver: [["call_soon", "tick"]],
  });
  assert.deepEqual(Object.keys(program.cbs ?? {}), ["tick"]);
});

test("functions that name each other are kept when one is reached", () => {
  const program = pruned({
    coros: { main: { b: [["call_soon", "ping"]] } },
    cbs: { ping: { b: [["call_soon", "pong"]] }, pong: { b: [["call_soon", "ping"]] } },
  });
  assert.deepEqual(Object.keys(program.cbs ?? {}), ["ping", "pong"]);
});
