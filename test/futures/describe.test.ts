// What Futures, tasks and the rest look like as text, and in Node's console.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { ContextVar, coroutine, createTask, Future, gather, getRunningLoop, sleep } from "../../bindings/index.js";
import { onLoop } from "../support/onLoop.js";

const waitFor = coroutine(function* (future: Future<number>) {
  return yield* future;
});

test("a task says what it waits for and which callbacks wait for it", () => {
  onLoop(function* () {
    const future = new Future<number>();
    const task = createTask(waitFor(future), { name: "waiting" });
    function onDone(): void {}
    task.addDoneCallback(onDone);
    yield;
    assert.equal(String(task), "<Task pending name='waiting' wait_for=<Future pending> cb=[onDone()]>");
    future.setResult(5);
    yield* task;
    assert.equal(String(task), "<Task finished name='waiting' result=5>");
  });
});

test("a future says how it has ended", () => {
  onLoop(function* () {
    const failed = new Future();
    failed.setException(new Error("no"));
    assert.equal(String(failed), "<Future finished exception=Error: no>");
    failed.exception();
    const cancelled = new Future();
    cancelled.cancel();
    assert.equal(String(cancelled), "<Future cancelled>");
  });
});

test("sleeps and gatherings are told from plain futures", () => {
  onLoop(function* () {
    const both = gather([sleep(5), sleep(6)]);
    const task = createTask(sleep(7), { name: "asleep" });
    yield;
    assert.equal(String(both), "<Gathering pending>");
    assert.equal(String(task), "<Task pending name='asleep' wait_for=<sleep(7) pending>>");
    yield* both;
    yield* task;
  });
});

test("Node's console shows the text instead of the fields", () => {
  onLoop(function* () {
    const loop = getRunningLoop();
    const handle = loop.callSoon(function soon() {});
    const shown = [new Future(), waitFor(new Future<number>()), handle, loop, new ContextVar("user")];
    for (const each of shown) assert.equal(inspect(each), String(each));
    assert.equal(inspect(handle), "<Handle function soon>");
    assert.equal(inspect(loop), "<EventLoop running=true closed=false debug=false>");
    yield;
  });
});
