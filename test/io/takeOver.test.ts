// What the host has opened for somebody who does not come to take it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, isCancelled } from "../../bindings/index.js";
import { takeOver } from "../../bindings/io/host/takeOver.js";
import { failureOf } from "../support/failureOf.js";
import { onLoop } from "../support/onLoop.js";

test("what is opened for a task that is cancelled before it goes on is closed", () => {
  onLoop(function* ({ loop, trace }) {
    const opening = loop.createFuture<string>();
    const task = createTask(takeOver(opening, (opened) => trace.add(`${opened} closed`)));
    yield;
    opening.setResult("socket");
    task.cancel();
    assert.ok(isCancelled(yield* failureOf(task)));
    trace.assertIs(["socket closed"]);
  });
});

test("what is taken over is not closed", () => {
  onLoop(function* ({ loop, trace }) {
    const opening = loop.createFuture<string>();
    const task = createTask(takeOver(opening, (opened) => trace.add(`${opened} closed`)));
    yield;
    opening.setResult("socket");
    assert.equal(yield* task, "socket");
    trace.assertIs([]);
  });
});

test("what could not be opened, or not in time, leaves nothing to close", () => {
  onLoop(function* ({ loop, trace }) {
    const close = (opened: string): void => trace.add(`${opened} closed`);
    const failing = loop.createFuture<string>();
    const failed = createTask(takeOver(failing, close));
    const late = createTask(takeOver(loop.createFuture<string>(), close));
    yield;
    const refusal = new RangeError("refused");
    failing.setException(refusal);
    late.cancel();
    assert.equal(yield* failureOf(failed), refusal);
    assert.ok(isCancelled(yield* failureOf(late)));
    trace.assertIs([]);
  });
});
