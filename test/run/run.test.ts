import assert from "node:assert/strict";
import { test } from "node:test";
import {
  allTasks,
  ContextVar,
  copyContext,
  coroutine,
  createTask,
  currentTask,
  EventLoop,
  getRunningLoop,
  isCancelled,
  run,
  sleep,
} from "../../bindings/index.js";
import { leakReport, VirtualHost } from "../../bindings/testing.js";
import { QuietHost } from "../support/quietHost.js";
import { Trace } from "../support/trace.js";

const onVirtualTime = { loopFactory: () => new EventLoop({ host: new VirtualHost() }) };

test("run takes functions of every kind and awaitables, and gives their result", async () => {
  const answer = coroutine(function* () {
    yield* sleep(1);
    return 42;
  });
  assert.equal(await run(answer, onVirtualTime), 42);
  assert.equal(await run(answer(), onVirtualTime), 42);
  assert.equal(await run(() => answer(), onVirtualTime), 42);
  assert.equal(await run(async () => await answer(), onVirtualTime), 42);
  assert.equal(await run(() => 42, onVirtualTime), 42);
  assert.equal(await run(Promise.resolve(42), onVirtualTime), 42);
  const generator = function* () {
    return yield* answer();
  };
  assert.equal(await run(generator, onVirtualTime), 42);
  assert.equal(await run(generator(), onVirtualTime), 42);
});

test("run flattens a result that is itself awaitable", async () => {
  const result = await run(function* () {
    yield;
    return Promise.resolve("flat");
  }, onVirtualTime);
  assert.equal(result, "flat");
});

test("run rejects with what main throws, and the loop is closed", async () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  const error = new RangeError("thrown");
  const failing = run(
    () => {
      throw error;
    },
    { loopFactory: () => loop },
  );
  await assert.rejects(failing, error);
  assert.equal(loop.isClosed(), true);
  assert.equal(leakReport(loop).isClean, true);
});

test("nothing of main is called before run returns", async () => {
  const trace = new Trace();
  const promise = run(trace.adder("main"), onVirtualTime);
  trace.add("run returned");
  await promise;
  trace.assertIs(["run returned", "main"]);
});

test("run refuses what can not be run, and closes its loop", async () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  await assert.rejects(async () => run(5 as never, { loopFactory: () => loop }), { name: "TypeError" });
  await new Promise(setImmediate);
  assert.equal(loop.isClosed(), true);
});

test("leftover tasks are cancelled, oldest first, and awaited", async () => {
  const trace = new Trace();
  const leave = (name: string, delay: number) =>
    function* () {
      try {
        yield* sleep(1_000_000);
      } catch (error) {
        trace.add(`${name} ${isCancelled(error) ? "cancelled" : "?"}`);
        yield* sleep(delay);
        trace.add(`${name} left`);
        throw error;
      }
    };
  await run(function* () {
    createTask(leave("a", 20));
    createTask(leave("b", 10));
    yield* sleep(1);
    trace.add("main ended");
  }, onVirtualTime);
  trace.assertIs(["main ended", "a cancelled", "b cancelled", "b left", "a left"]);
});

test("leftovers are cancelled when main fails, too", async () => {
  const trace = new Trace();
  const failing = run(function* () {
    createTask(function* () {
      try {
        yield* sleep(1000);
      } finally {
        trace.add("left");
      }
    });
    yield* sleep(1);
    throw new RangeError("thrown");
  }, onVirtualTime);
  await assert.rejects(failing, RangeError);
  trace.assertIs(["left"]);
});

test("what a leftover throws while it is cancelled is reported", async () => {
  const host = new QuietHost();
  await run(
    function* () {
      createTask(
        function* () {
          try {
            yield* sleep(1000);
          } catch {
            throw new RangeError("while leaving");
          }
        },
        { name: "leftover" },
      );
      yield* sleep(1);
    },
    { loopFactory: () => new EventLoop({ host }) },
  );
  assert.equal(host.logged.length, 1);
  assert.match(host.logged[0]!, /^unhandled exception during asyncio\.run\(\) shutdown\n.*leftover.*while leaving/s);
});

test("main gets its name and its context", async () => {
  const variable = new ContextVar<string>("variable");
  const context = copyContext();
  context.run(() => variable.set("given"));
  await run(
    function* () {
      assert.equal(currentTask()!.getName(), "the main task");
      assert.equal(variable.get(), "given");
      variable.set("changed");
      yield;
    },
    { ...onVirtualTime, name: "the main task", context },
  );
  assert.equal(context.get(variable), "changed");
});

test("without a context main runs in a copy of the current one", async () => {
  const variable = new ContextVar<string>("variable", { default: "default" });
  await run(() => variable.set("set by main"), onVirtualTime);
  assert.equal(variable.get(), "default");
});

test("main is given its task, and is the only one", async () => {
  await run((task) => {
    assert.equal(task, currentTask());
    assert.deepEqual([...allTasks()], [task]);
    assert.equal(task.getLoop(), getRunningLoop());
  }, onVirtualTime);
});

test("main that cancels itself makes run reject with the CancelledError", async () => {
  const cancelled = run(function* (task) {
    task.cancel("by itself");
    yield* sleep(1);
  }, onVirtualTime);
  await assert.rejects(cancelled, (error) => isCancelled(error) && error.msg === "by itself");
});

test("two runs side by side do not see each other", async () => {
  const one = (name: string) =>
    run(function* () {
      yield* sleep(1);
      assert.equal(allTasks().size, 1);
      return name;
    }, onVirtualTime);
  assert.deepEqual(await Promise.all([one("a"), one("b")]), ["a", "b"]);
});

test("a loopFactory that is not a function is a TypeError", () => {
  assert.throws(() => void run(() => {}, { loopFactory: 5 as never }), {
    name: "TypeError",
    message: "loopFactory expects a function, got 5",
  });
});
