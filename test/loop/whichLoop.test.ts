// Which loop a call means, where several are at work on one thread. (running.test.ts has the single loop.)
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  allTasks,
  ContextVar,
  coroutine,
  createTask,
  currentTask,
  ensureFuture,
  EventLoop,
  Future,
  gather,
  getEventLoop,
  getRunningLoop,
  run,
  setEventLoop,
  sleep,
  wrapFuture,
  type Steps,
} from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import { runProgram } from "../support/child.js";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A loop that runs until `stop` is called. */
function started(): { loop: EventLoop; stop: () => Promise<void> } {
  const loop = new EventLoop({ host: new VirtualHost() });
  const end = loop.runForever();
  const stop = async (): Promise<void> => {
    loop.stop();
    await end;
    loop.close();
  };
  return { loop, stop };
}

test("runs that take turns on one thread have their own tasks, contexts and names", async () => {
  const variable = new ContextVar<string>("variable", { default: "unset" });
  const seen: string[] = [];
  const child = function* (name: string): Steps<void> {
    for (let i = 0; i < 3; i++) {
      const names = [...allTasks()].map((task) => task.getName()).sort();
      assert.deepEqual(names, [`${name} child`, `${name} main`]);
      assert.equal(currentTask()!.getLoop(), getRunningLoop());
      seen.push(`${name} ${variable.get()}`);
      yield* sleep(5);
    }
  };
  const program = (name: string): Promise<void> =>
    run(
      function* () {
        variable.set(`set by ${name}`);
        yield* createTask(() => child(name), { name: `${name} child` });
      },
      { name: `${name} main` },
    );
  await Promise.all([program("a"), program("b")]);
  assert.equal(seen.length, 6);
  assert.deepEqual(new Set(seen), new Set(["a set by a", "b set by b"]));
  assert.ok(seen.indexOf("b set by b") < seen.lastIndexOf("a set by a"), "the runs did not take turns");
  assert.equal(variable.get(), "unset");
});

test("isRunning is true from the start to the end of a run, between its batches too", async () => {
  const { loop, stop } = started();
  assert.equal(loop.isRunning(), true);
  await turn();
  assert.equal(loop.isRunning(), true);
  await stop();
  assert.equal(loop.isRunning(), false);
});

test("outside of every loop the only loop whose run has not ended is meant, though it rests", async () => {
  const { loop, stop } = started();
  await turn();
  assert.equal(new Future().getLoop(), loop);
  assert.equal(createTask(sleep(1)).getLoop(), loop);
  assert.equal(ensureFuture(sleep(1)).getLoop(), loop);
  assert.equal(gather([]).getLoop(), loop);
  assert.equal(wrapFuture(turn()).getLoop(), loop);
  assert.equal(getEventLoop(), loop);
  await turn();
  await stop();
});

test("of several loops none is meant from outside: what needs one takes the background loop", async () => {
  const [a, b] = [started(), started()];
  const other = new Future().getLoop();
  assert.ok(other !== a.loop && other !== b.loop);
  await b.stop();
  assert.equal(new Future().getLoop(), a.loop);
  await a.stop();
  assert.equal(new Future().getLoop(), other);
});

test("then of a coroutine takes the loop that ran when the coroutine was made", async () => {
  const which = coroutine(function* () {
    yield* sleep(1);
    return getRunningLoop();
  });
  const { loop: a, stop: stopA } = started();
  const { loop: b, stop: stopB } = started();
  const made = new Map<EventLoop, PromiseLike<EventLoop>>();
  for (const loop of [a, b]) loop.callSoonThreadsafe(() => made.set(loop, which()));
  await turn();
  assert.equal(await made.get(b), b);
  assert.equal(await made.get(a), a);
  await stopA();
  await stopB();
});

test("then of a coroutine whose loop has ended takes the loop that a call would take", async () => {
  let made: PromiseLike<EventLoop> | undefined;
  const which = coroutine(function* () {
    yield;
    return getRunningLoop();
  });
  await run(() => void (made = which()));
  const { loop, stop } = started();
  assert.equal(await made, loop);
  await stop();
});

test("then of a sleep takes the loop that ran when it was made", async () => {
  const [a, b] = [started(), started()];
  let made: PromiseLike<string> | undefined;
  b.loop.callSoonThreadsafe(() => (made = sleep(5, "slept")));
  await turn();
  const before = [a.loop.time(), b.loop.time()];
  assert.equal(await made, "slept");
  assert.deepEqual([a.loop.time() - before[0]!, b.loop.time() - before[1]!], [0, 5]);
  await a.stop();
  await b.stop();
});

test("a native task knows its loop after each of its awaits, and so does what it calls", async () => {
  const [a, b] = [started(), started()];
  const deep = async (): Promise<EventLoop> => {
    await turn();
    return new Future().getLoop();
  };
  const program = async (loop: EventLoop): Promise<void> => {
    for (let i = 0; i < 3; i++) {
      await turn();
      assert.equal(new Future().getLoop(), loop);
      assert.equal(await deep(), loop);
      assert.equal(await createTask(() => getRunningLoop()), loop);
      await sleep(1);
    }
  };
  await Promise.all([a, b].map(({ loop }) => loop.createTask(() => program(loop))));
  await a.stop();
  await b.stop();
});

test("a native task's loop is not the running one after an await, and the task not the current one", async () => {
  await run(async (task) => {
    assert.equal(currentTask(), task);
    await turn();
    assert.equal(currentTask(), null);
    assert.throws(() => getRunningLoop(), { name: "RuntimeError", message: /task\.getLoop\(\)/ });
    assert.equal(getEventLoop(), task.getLoop());
  });
});

test("a callback that a native task has left with the host still belongs to the task's loop", async () => {
  const [a, b] = [started(), started()];
  const loop = await b.loop.createTask(
    () => new Promise<EventLoop>((resolve) => setTimeout(() => resolve(new Future().getLoop()), 1)),
  );
  assert.equal(loop, b.loop);
  await a.stop();
  await b.stop();
});

test("when a native task's loop is closed its leftovers take the loop that any other code would take", async () => {
  let ask: (() => EventLoop) | undefined;
  await run(async () => {
    await turn();
    const { AsyncResource } = await import("node:async_hooks");
    ask = AsyncResource.bind(() => new Future().getLoop());
  });
  const { loop, stop } = started();
  assert.equal(ask!(), loop);
  await stop();
});

test("currentTask of another loop is null, allTasks takes any loop", async () => {
  const { loop, stop } = started();
  const task = loop.createTask(sleep(1000));
  await run(function* () {
    assert.equal(currentTask(loop), null);
    assert.notEqual(currentTask(), null);
    assert.deepEqual([...allTasks(loop)], [task]);
    assert.equal(allTasks().has(task as never), false);
    yield;
  });
  task.cancel();
  await turn();
  await stop();
});

test("the loop given to setEventLoop is what getEventLoop gives outside, not what a Future takes", async () => {
  const { loop, stop } = started();
  const chosen = new EventLoop();
  setEventLoop(chosen);
  try {
    assert.equal(getEventLoop(), chosen);
    assert.equal(new Future().getLoop(), loop);
    const inside = await loop.createTask(() => getEventLoop());
    assert.equal(inside, loop);
  } finally {
    setEventLoop(null);
  }
  assert.equal(getEventLoop(), loop);
  chosen.close();
  await stop();
});

test("without AsyncLocalStorage several active loops are a RuntimeError that names task.getLoop()", async () => {
  const program = `
    process.getBuiltinModule = undefined;
    const { EventLoop, Future, run, sleep } = await import("wasyncio");
    const [a, b] = [new EventLoop(), new EventLoop()];
    const ends = [a.runForever(), b.runForever()];
    try { new Future(); } catch (error) { console.log(error.name + ": " + error.message); }
    b.stop();
    await ends[1];
    console.log(new Future().getLoop() === a);
    console.log(await a.createTask(async (task) => { await null; return new Future().getLoop() === task.getLoop(); }));
    a.stop();
  `;
  const { stdout, stderr } = await runProgram(program);
  assert.equal(stderr, "");
  assert.match(stdout, /^RuntimeError: several event loops are running.*task\.getLoop\(\)\ntrue\ntrue\n$/);
});
