import assert from "node:assert/strict";
import { test } from "node:test";
import { ContextVar, copyContext, createTask, currentTask, sleep, Token } from "../../bindings/index.js";
import { onLoop } from "../support/onLoop.js";

test("get gives what was set, else the fallback, else the default, else a LookupError", () => {
  const bare = new ContextVar<number>("bare");
  const withDefault = new ContextVar<number>("with default", { default: 1 });
  copyContext().run(() => {
    assert.throws(() => bare.get(), { name: "LookupError", message: /^ContextVar 'bare' has no value here; set it/ });
    assert.equal(bare.get(2), 2);
    assert.equal(bare.get(undefined), undefined);
    assert.equal(withDefault.get(), 1);
    assert.equal(withDefault.get(2), 2);
    withDefault.set(3);
    assert.equal(withDefault.get(2), 3);
  });
});

test("undefined is a value like any other, as value and as default", () => {
  const variable = new ContextVar<unknown>("variable", { default: undefined });
  assert.equal(variable.get(), undefined);
  copyContext().run(() => {
    const other = new ContextVar<unknown>("other");
    other.set(undefined);
    assert.equal(other.get("fallback"), undefined);
  });
});

test("a task's changes are its own", () => {
  onLoop(function* ({ trace }) {
    const variable = new ContextVar<string>("variable", { default: "default" });
    const change = (name: string) =>
      function* () {
        variable.set(name);
        yield* sleep(1);
        trace.add(variable.get());
      };
    for (const task of [createTask(change("a")), createTask(change("b"))]) yield* task;
    trace.assertIs(["a", "b"]);
    assert.equal(variable.get(), "default");
  });
});

test("a coroutine that is awaited shares the context of the task", () => {
  onLoop(function* () {
    const variable = new ContextVar<string>("variable");
    function* setIt() {
      variable.set("set below");
      yield* sleep(1);
    }
    yield* setIt();
    assert.equal(variable.get(), "set below");
  });
});

test("reset puts back what was there, a value or nothing", () => {
  copyContext().run(() => {
    const variable = new ContextVar<string>("variable");
    const first = variable.set("first");
    const second = variable.set("second");
    assert.ok(first instanceof Token);
    assert.equal(first.variable, variable);
    variable.reset(second);
    assert.equal(variable.get(), "first");
    variable.reset(first);
    assert.equal(variable.get("nothing"), "nothing");
  });
});

test("a token resets once, its own variable, in its own context", () => {
  copyContext().run(() => {
    const variable = new ContextVar<string>("variable");
    const other = new ContextVar<string>("other");
    const token = variable.set("value");
    assert.throws(() => other.reset(token), {
      name: "ValueError",
      message: /was made by ContextVar 'variable', not by 'other'/,
    });
    assert.throws(() => copyContext().run(() => variable.reset(token)), {
      name: "ValueError",
      message: /another context/,
    });
    variable.reset(token);
    assert.throws(() => variable.reset(token), { name: "RuntimeError", message: /has been used already/ });
  });
});

test("a token made in another task is refused", () => {
  onLoop(function* () {
    const variable = new ContextVar<string>("variable");
    const token = variable.set("main's");
    const task = createTask(() => variable.reset(token));
    yield;
    assert.equal((task.exception() as Error).name, "ValueError");
    variable.reset(token);
  });
});

test("a token still resets after the task's context was asked for", () => {
  onLoop(function* () {
    const variable = new ContextVar<string>("variable", { default: "default" });
    const token = variable.set("value");
    assert.equal(currentTask()!.getContext().get(variable), "value");
    variable.reset(token);
    assert.equal(variable.get(), "default");
    yield;
  });
});

test("wrong arguments are TypeErrors", () => {
  const variable = new ContextVar<string>("variable");
  assert.throws(() => new ContextVar(5 as never), {
    name: "TypeError",
    message: "a ContextVar's name is a string, got 5",
  });
  assert.throws(() => variable.reset("token" as never), {
    name: "TypeError",
    message: /expects a Token .*got "token"/,
  });
});
