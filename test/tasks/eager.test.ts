// Tasks whose first step is taken by whoever creates them.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  allTasks,
  coroutine,
  createTask,
  currentTask,
  eagerTaskFactory,
  EventLoop,
  gather,
  getRunningLoop,
  run,
  sleep,
  taskGroup,
  type Steps,
  type Task,
} from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import { onLoop, withLoop } from "../support/onLoop.js";

const EAGER = { eagerStart: true };

test("an eager task that does not suspend is done when createTask returns", () => {
  onLoop(function* ({ trace }) {
    const task = createTask(function* () {
      trace.add("ran");
      return "result";
    }, EAGER);
    trace.add("created");
    assert.equal(task.done(), true);
    assert.equal(task.result(), "result");
    assert.equal(yield* task, "result");
    trace.assertIs(["ran", "created"]);
  });
});

test("an eager task that suspends goes on with the loop, in the order in which it became ready", () => {
  onLoop(function* ({ trace }) {
    const walk = function* (name: string): Steps<void> {
      trace.add(`${name} 1`);
      yield;
      trace.add(`${name} 2`);
    };
    createTask(() => walk("plain"));
    const task = createTask(() => walk("eager"), EAGER);
    trace.add("created");
    assert.equal(task.done(), false);
    yield* task;
    trace.assertIs(["eager 1", "created", "plain 1", "eager 2", "plain 2"]);
  });
});

test("every kind of target may start eagerly", async () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  await run(
    function* () {
      const hello = coroutine(function* () {
        return "coroutine";
      });
      const generator = (function* () {
        return "generator";
      })();
      assert.equal(createTask(hello(), EAGER).result(), "coroutine");
      assert.equal(createTask(generator, EAGER).result(), "generator");
      assert.equal(createTask(() => "function", EAGER).result(), "function");
      assert.equal(createTask(() => hello(), EAGER).result(), "coroutine");
      const native = createTask(async () => "native", EAGER);
      assert.equal(native.done(), false);
      assert.equal(yield* native, "native");
      assert.equal(yield* createTask(Promise.resolve("promise"), EAGER), "promise");
      assert.equal(yield* createTask(sleep(1, "slept"), EAGER), "slept");
    },
    { loopFactory: () => loop },
  );
});

test("what an eager step throws fails its task, not its creator", () => {
  onLoop(function* () {
    const error = new RangeError("in the first step");
    const task = createTask(() => {
      throw error;
    }, EAGER);
    assert.equal(task.exception(), error);
    yield;
  });
});

test("in an eager step the task is the current one, and its creator is again afterwards", () => {
  onLoop(function* ({ loop, trace }) {
    const outer = currentTask();
    const inner = createTask((task) => {
      assert.equal(currentTask(), task);
      assert.equal(getRunningLoop(), loop);
      assert.ok(allTasks().has(task));
    }, EAGER);
    assert.equal(currentTask(), outer);
    assert.equal(inner.done(), true);
    loop.callSoon(() => {
      createTask((task) => assert.equal(currentTask(), task), EAGER).result();
      assert.equal(currentTask(), null);
      trace.add("callback");
    });
    yield;
    assert.equal(currentTask(), outer);
    trace.assertIs(["callback"]);
  });
});

test("the creator is the current task again after an eager step that has thrown", () => {
  onLoop(function* () {
    const outer = currentTask();
    const failed = createTask(() => {
      throw new Error("in the first step");
    }, EAGER);
    assert.equal(currentTask(), outer);
    assert.ok(failed.exception() instanceof Error);
    yield* sleep(1);
  });
});

test("eager tasks may be nested", () => {
  onLoop(function* ({ trace }) {
    const nest = function* (depth: number): Steps<number> {
      const self = currentTask();
      trace.add(`enter ${depth}`);
      const below = depth === 0 ? 0 : createTask(() => nest(depth - 1), EAGER).result();
      assert.equal(currentTask(), self);
      trace.add(`leave ${depth}`);
      return below + 1;
    };
    assert.equal(createTask(() => nest(2), EAGER).result(), 3);
    trace.assertIs(["enter 2", "enter 1", "enter 0", "leave 0", "leave 1", "leave 2"]);
    yield;
  });
});

test("on a loop that does not run an eager task waits for its turn like any other", async () => {
  await withLoop(async ({ loop, trace }) => {
    const task = loop.createTask(() => trace.add("ran"), EAGER);
    assert.equal(task.done(), false);
    trace.add("created");
    await loop.runUntilComplete(task);
    trace.assertIs(["created", "ran"]);
  });
});

test("an eager task created while its loop rests begins at once, as a step of that loop, and goes on", async () => {
  await withLoop(async ({ loop, trace }) => {
    const end = loop.runForever();
    await new Promise((resolve) => setImmediate(resolve));
    loop.createTask(function* () {
      assert.equal(getRunningLoop(), loop);
      trace.add("begun");
      yield;
      trace.add("went on");
    }, EAGER);
    assert.throws(() => getRunningLoop(), { name: "RuntimeError" });
    trace.assertIs(["begun"]);
    await new Promise((resolve) => setImmediate(resolve));
    trace.assertIs(["begun", "went on"]);
    loop.stop();
    await end;
  });
});

test("an eager task of another loop runs its step on that loop", async () => {
  const other = new EventLoop({ host: new VirtualHost() });
  const end = other.runForever();
  onLoop(function* ({ loop }) {
    assert.equal(other.createTask(() => getRunningLoop(), EAGER).result(), other);
    assert.equal(getRunningLoop(), loop);
    yield;
  });
  other.stop();
  await end;
  other.close();
});

test("an eager task that cancels itself is cancelled where it suspends", () => {
  onLoop(function* ({ trace }) {
    const task = createTask(function* (self: Task<unknown>) {
      self.cancel("by itself");
      try {
        yield* sleep(1000);
      } finally {
        trace.add("left");
      }
    }, EAGER);
    yield;
    assert.throws(() => task.result(), { name: "CancelledError", message: "by itself" });
    trace.assertIs(["left"]);
  });
});

test("an eager task that awaits itself is told so", () => {
  onLoop(function* () {
    let self: Task<unknown> | undefined;
    const task = createTask(function* (made: Task<unknown>) {
      self = made;
      return yield* made;
    }, EAGER);
    assert.equal(self, task);
    yield;
    yield;
    assert.match(String(task.exception()), /^RuntimeError: Task cannot await on itself/);
  });
});

test("done callbacks of a task that was done at once run in the next iteration", () => {
  onLoop(function* ({ trace }) {
    const task = createTask(() => "done", EAGER);
    task.addDoneCallback((done) => trace.add(`callback: ${done.result()}`));
    trace.assertIs([]);
    yield;
    trace.assertIs(["callback: done"]);
  });
});

test("with the eager factory gather ends without a turn of the loop when nobody suspends, a task group with one", () => {
  onLoop(function* ({ loop, trace }) {
    loop.setTaskFactory(eagerTaskFactory);
    loop.callSoon(trace.adder("next iteration"));
    const at = coroutine(function* (name: string) {
      trace.add(name);
      return name;
    });
    assert.deepEqual(yield* gather([at("a"), at("b")]), ["a", "b"]);
    trace.assertIs(["a", "b"]);
    yield* taskGroup(function* (group) {
      assert.equal(group.createTask(at("c")).result(), "c");
      trace.assertIs(["a", "b", "c"]);
    });
    trace.assertIs(["a", "b", "c", "next iteration"]);
  });
});

test("the main task of a run is no eager one: its loop does not run yet", async () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  loop.setTaskFactory(eagerTaskFactory);
  const trace: string[] = [];
  const end = run(() => trace.push("main"), { loopFactory: () => loop });
  trace.push("run returned");
  await end;
  assert.deepEqual(trace, ["run returned", "main"]);
});
