// What the errors of native async functions show. Their frames after an await are the engine's work, and not every browser's
// engine keeps them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { createTask } from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop } from "../support/onLoop.js";

test("an error thrown three native functions deep shows all three, and passes the loop as it is", async () => {
  const thrown: Error[] = [];
  async function innermost(): Promise<void> {
    await turn();
    thrown.push(new RangeError("deep"));
    throw thrown[0];
  }
  async function middle(): Promise<void> {
    await innermost();
  }
  async function outermost(): Promise<void> {
    await middle();
  }
  await onHostLoop(function* () {
    const error = (yield* failureOf(createTask(outermost))) as Error;
    assert.equal(error, thrown[0]);
    const calls = [...error.stack!.matchAll(/\b(innermost|middle|outermost)\b/g)].map(([name]) => name);
    assert.deepEqual([...new Set(calls)], ["innermost", "middle", "outermost"]);
  });
});
