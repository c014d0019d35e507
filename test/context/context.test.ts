import assert from "node:assert/strict";
import { test } from "node:test";
import { Context, ContextVar, copyContext, createTask, currentTask, sleep } from "../../bindings/index.js";
import { onLoop } from "../support/onLoop.js";

test("run calls a function in the context and gives its result", () => {
  const variable = new ContextVar<string>("variable");
  const context = new Context();
  const result = context.run(
    (a: number, b: number) => {
      variable.set("inside");
      return a + b;
    },
    1,
    2,
  );
  assert.equal(result, 3);
  assert.equal(context.get(variable), "inside");
  assert.equal(variable.get("outside"), "outside");
});

test("run leaves the context when the function throws", () => {
  const variable = new ContextVar<string>("variable");
  const context = new Context();
  assert.throws(() =>
    context.run(() => {
      variable.set("inside");
      throw new Error("thrown on purpose");
    }),
  );
  assert.equal(variable.get("outside"), "outside");
  assert.equal(
    context.run(() => variable.get()),
    "inside",
  );
});

test("contexts nest, but none in itself", () => {
  const variable = new ContextVar<string>("variable");
  const outer = new Context();
  const inner = new Context();
  outer.run(() => {
    variable.set("outer");
    inner.run(() => assert.equal(variable.get("nothing"), "nothing"));
    assert.equal(variable.get(), "outer");
    assert.throws(() => outer.run(() => {}), { name: "RuntimeError", message: /entered already.*copy\(\)/ });
    inner.run(() => assert.throws(() => outer.run(() => {}), { name: "RuntimeError" }));
    assert.equal(
      outer.copy().run(() => variable.get()),
      "outer",
    );
  });
});

test("the context of the task or callback that runs can not be entered again", () => {
  onLoop(function* ({ loop, trace }) {
    const context = currentTask()!.getContext();
    assert.throws(() => context.run(() => {}), { name: "RuntimeError" });
    const own = copyContext();
    loop.callSoonIn(own, () => {
      assert.throws(() => own.run(() => {}), { name: "RuntimeError" });
      trace.add("callback");
    });
    yield;
    trace.assertIs(["callback"]);
  });
});

test("a copy has the values and goes its own way", () => {
  const variable = new ContextVar<string>("variable");
  const context = new Context();
  context.run(() => variable.set("original"));
  const copy = context.copy();
  copy.run(() => variable.set("copy"));
  assert.equal(context.get(variable), "original");
  assert.equal(copy.get(variable), "copy");
});

test("get and has look at the context alone, not at the variable's default", () => {
  const variable = new ContextVar<string>("variable", { default: "default" });
  const context = new Context();
  assert.equal(context.get(variable), undefined);
  assert.equal(context.get(variable, "fallback"), "fallback");
  assert.equal(context.has(variable), false);
  context.run(() => variable.set("value"));
  assert.equal(context.get(variable, "fallback"), "value");
  assert.equal(context.has(variable), true);
});

test("copyContext copies the current context", () => {
  onLoop(function* () {
    const variable = new ContextVar<string>("variable");
    variable.set("before");
    const copy = copyContext();
    variable.set("after");
    assert.equal(copy.get(variable), "before");
    yield;
  });
});

test("what is created inside Context.run belongs to that context's values", () => {
  onLoop(function* ({ loop, trace }) {
    const variable = new ContextVar<string>("variable", { default: "task" });
    const context = new Context();
    context.run(() => {
      variable.set("entered");
      loop.callSoon(() => trace.add(`callback ${variable.get()}`));
      createTask(() => trace.add(`task ${variable.get()}`));
    });
    yield* sleep(1);
    trace.assertIs(["callback entered", "task entered"]);
    assert.equal(variable.get(), "task");
  });
});

test("values outside of every loop are seen by a run, and a run's changes are its own", () => {
  const variable = new ContextVar<string>("variable", { default: "default" });
  const token = variable.set("program");
  onLoop(function* () {
    assert.equal(variable.get(), "program");
    variable.set("run");
    yield;
  });
  assert.equal(variable.get(), "program");
  variable.reset(token);
});
