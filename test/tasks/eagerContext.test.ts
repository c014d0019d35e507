// The context that an eager task's first step runs in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { allTasks, ContextVar, copyContext, coroutine, createTask, sleep, type Task } from "../../bindings/index.js";
import { onLoop } from "../support/onLoop.js";

const EAGER = { eagerStart: true };

const nap = coroutine(function* (result: string) {
  return yield* sleep(1, result);
});

test("an eager step runs in a copy of its creator's context", () => {
  onLoop(function* () {
    const variable = new ContextVar<string>("variable");
    variable.set("outer");
    const task = createTask(function* () {
      assert.equal(variable.get(), "outer");
      variable.set("inner");
      yield;
      return variable.get();
    }, EAGER);
    assert.equal(variable.get(), "outer");
    assert.equal(yield* task, "inner");
    assert.equal(task.getContext().get(variable), "inner");
    assert.equal(variable.get(), "outer");
  });
});

test("inside Context.run the copy is of the entered context, which is entered again afterwards", () => {
  onLoop(function* () {
    const variable = new ContextVar<string>("variable", { default: "outside" });
    const context = copyContext();
    const seen = context.run(() => {
      variable.set("entered");
      const inner = createTask(() => variable.get(), EAGER).result();
      return [inner, variable.get()];
    });
    assert.deepEqual(seen, ["entered", "entered"]);
    assert.equal(variable.get(), "outside");
    yield;
  });
});

test("an eager task that is given a context runs in it from its first step on", () => {
  onLoop(function* () {
    const variable = new ContextVar<number>("variable", { default: 0 });
    const context = copyContext();
    const increment = (): number => {
      variable.set(variable.get() + 1);
      return variable.get();
    };
    assert.equal(createTask(increment, { ...EAGER, context }).result(), 1);
    assert.equal(createTask(increment, { ...EAGER, context }).result(), 2);
    assert.equal(variable.get(), 0);
    yield;
  });
});

test("a context that is entered already is refused at the call, and the coroutine is left alone", () => {
  onLoop(function* () {
    const context = copyContext();
    const made = nap("still usable");
    const start = (): Task<unknown> => createTask(made, { ...EAGER, context });
    assert.throws(() => context.run(start), { name: "RuntimeError", message: /^the context is entered already/ });
    assert.equal(allTasks().size, 1);
    assert.equal(yield* made, "still usable");
  });
});
