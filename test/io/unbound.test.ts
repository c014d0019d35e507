// Nothing here imports wasyncio/io: the loop's methods say what is missing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EventLoop } from "../../bindings/index.js";
import { IO_METHODS } from "../../bindings/loop/laterMethods.js";

test("before wasyncio/io is imported each of its methods raises RuntimeError that names it", () => {
  const loop = new EventLoop() as unknown as Record<string, () => unknown>;
  for (const name of IO_METHODS) {
    assert.throws(() => loop[name]!(), { name: "RuntimeError", message: /^import 'wasyncio\/io' first/ }, name);
  }
});

test("a loop made before the import gets the methods as well", async () => {
  const loop = new EventLoop();
  await import("../../bindings/io.js");
  for (const name of IO_METHODS) assert.doesNotMatch(String(loop[name]), /comes with it/, name);
});
