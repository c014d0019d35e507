import assert from "node:assert/strict";
import { test } from "node:test";
import { ContextVar, copyContext, createTask, sleep } from "../../bindings/index.js";
import { leakReport } from "../../bindings/testing.js";
import { onLoop } from "../support/onLoop.js";

test("done callbacks are called with the future, in the order of registration, in the next iteration", () => {
  onLoop(function* ({ loop, trace }) {
    const future = loop.createFuture<string>();
    for (const name of ["a", "b", "c"]) future.addDoneCallback((done) => trace.add(`${name} ${done.result()}`));
    future.setResult("result");
    trace.assertIs([]);
    yield;
    trace.assertIs(["a result", "b result", "c result"]);
  });
});

test("a callback added to a done future is called in the next iteration", () => {
  onLoop(function* ({ loop, trace }) {
    const future = loop.createFuture<void>();
    future.setResult();
    future.addDoneCallback(trace.adder("called"));
    trace.assertIs([]);
    yield;
    trace.assertIs(["called"]);
  });
});

test("callbacks and waiting tasks are served in one order", () => {
  onLoop(function* ({ loop, trace }) {
    const future = loop.createFuture<void>();
    future.addDoneCallback(trace.adder("callback 1"));
    createTask(function* () {
      yield* future;
      trace.add("task");
    });
    yield;
    future.addDoneCallback(trace.adder("callback 2"));
    future.setResult();
    yield;
    trace.assertIs(["callback 1", "task", "callback 2"]);
  });
});

test("a done callback runs in a copy of the context it was added in", () => {
  onLoop(function* ({ loop, trace }) {
    const variable = new ContextVar<string>("variable");
    const future = loop.createFuture<void>();
    variable.set("when added");
    future.addDoneCallback(() => trace.add(variable.get()));
    variable.set("when settled");
    future.setResult();
    yield;
    trace.assertIs(["when added"]);
  });
});

test("addDoneCallbackIn runs a callback in the given context itself", () => {
  onLoop(function* ({ loop }) {
    const variable = new ContextVar<string>("variable", { default: "" });
    const context = copyContext();
    const futures = [loop.createFuture<void>(), loop.createFuture<void>()];
    futures[0]!.addDoneCallbackIn(context, () => variable.set(`${variable.get()} pending`));
    for (const future of futures) future.setResult();
    futures[1]!.addDoneCallbackIn(context, () => variable.set(`${variable.get()} done`));
    yield;
    assert.equal(context.get(variable), " pending done");
    assert.equal(variable.get(), "");
  });
});

test("removeDoneCallback takes back every registration of a function and says how many", () => {
  onLoop(function* ({ loop, trace }) {
    const future = loop.createFuture<void>();
    const twice = trace.adder("twice");
    future.addDoneCallback(twice);
    future.addDoneCallback(trace.adder("kept"));
    future.addDoneCallback(twice);
    assert.equal(future.removeDoneCallback(twice), 2);
    assert.equal(future.removeDoneCallback(twice), 0);
    future.setResult();
    yield;
    trace.assertIs(["kept"]);
  });
});

test("removing the only callback gives everything back", () => {
  onLoop(function* ({ loop, trace }) {
    const before = leakReport(loop).slots;
    const future = loop.createFuture<void>();
    const callback = trace.adder("never");
    future.addDoneCallback(callback);
    assert.equal(future.removeDoneCallback(callback), 1);
    future.setResult();
    assert.equal(leakReport(loop).slots, before);
    yield;
    trace.assertIs([]);
  });
});

test("a callback that was scheduled can not be removed any more", () => {
  onLoop(function* ({ loop, trace }) {
    const future = loop.createFuture<void>();
    const callback = trace.adder("called");
    future.addDoneCallback(callback);
    future.setResult();
    assert.equal(future.removeDoneCallback(callback), 0);
    yield;
    trace.assertIs(["called"]);
  });
});

test("removing callbacks leaves waiting tasks and other callbacks in their order", () => {
  onLoop(function* ({ loop, trace }) {
    const future = loop.createFuture<void>();
    const remove = trace.adder("removed");
    for (let i = 0; i < 5; i++) {
      future.addDoneCallback(trace.adder(`kept ${i}`));
      future.addDoneCallback(remove);
    }
    assert.equal(future.removeDoneCallback(remove), 5);
    future.setResult();
    yield;
    trace.assertIs([0, 1, 2, 3, 4].map((i) => `kept ${i}`));
  });
});

test("an exception in a done callback costs only that callback", () => {
  onLoop(function* (stage) {
    const { loop, trace } = stage;
    const future = loop.createFuture<void>();
    future.addDoneCallback(() => {
      throw new Error("thrown on purpose");
    });
    future.addDoneCallback(trace.adder("the other"));
    future.setResult();
    yield* sleep(1);
    trace.assertIs(["the other"]);
    assert.equal(stage.takeReports().length, 1);
  });
});
