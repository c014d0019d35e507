// The loop of programs that start none: made on first use, never closed, nobody's program.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runProgram } from "../support/child.js";

const IMPORTS = `
  import { allTasks, coroutine, createTask, currentTask, EventLoop, Future, gather, getEventLoop, getRunningLoop, Lock,
    Queue, run, sleep, timeout, wrapFuture } from "wasyncio";
  const say = (...parts) => console.log(...parts);
`;

async function outputOf(body: string): Promise<string[]> {
  const { stdout, stderr, status } = await runProgram(IMPORTS + body);
  assert.equal(stderr, "");
  assert.equal(status, 0);
  return stdout.split("\n").slice(0, -1);
}

test("a coroutine can be awaited at the top level of a program", async () => {
  const lines = await outputOf(`
    const add = coroutine(function* (a, b) {
      yield* sleep(1);
      return a + b;
    });
    say(await add(1, 2));
    say(await sleep(1, "slept"));
    say((await gather([add(1, 1), add(2, 2)])).join());
    say(await timeout(1000, function* () { return yield* add(3, 3); }));
  `);
  assert.deepEqual(lines, ["3", "slept", "2,4", "6"]);
});

test("Futures, tasks, locks and queues work there", async () => {
  const lines = await outputOf(`
    const future = new Future();
    createTask(function* () {
      yield* sleep(1);
      future.setResult("settled");
    });
    say(await future);
    const lock = new Lock();
    say(await lock.with(() => "locked"));
    const queue = new Queue();
    setTimeout(() => queue.putNowait("item"), 1);
    say(await queue.get());
  `);
  assert.deepEqual(lines, ["settled", "locked", "item"]);
});

test("it is one loop, running and the running one inside its own steps only", async () => {
  const lines = await outputOf(`
    const loop = getEventLoop();
    say(loop === new Future().getLoop(), loop === createTask(sleep(100)).getLoop(), loop.isRunning(), loop.isClosed());
    say(await createTask(() => getRunningLoop() === loop && currentTask() !== null));
    try { getRunningLoop(); } catch (error) { say(error.name); }
    say(allTasks().size);
  `);
  assert.deepEqual(lines, ["true true true false", "true", "RuntimeError", "1"]);
});

test("an eager task begins at the call there too", async () => {
  const lines = await outputOf(`
    createTask(() => say("begun"), { eagerStart: true });
    say("created");
  `);
  assert.deepEqual(lines, ["begun", "created"]);
});

test("it can neither be run by hand nor closed, and goes on", async () => {
  const lines = await outputOf(`
    const loop = getEventLoop();
    for (const use of [() => loop.runForever(), () => loop.runUntilComplete(sleep(1)), () => loop.close()]) {
      try { use(); say("not refused"); } catch (error) { say(error.name); }
    }
    say(await sleep(1, "goes on"));
  `);
  assert.deepEqual(lines, ["RuntimeError", "RuntimeError", "RuntimeError", "goes on"]);
});

test("a process whose background loop is idle ends, whatever is pending there", async () => {
  const lines = await outputOf(`
    createTask(function* () {
      yield* new Future();
    });
    await sleep(5);
    say("the last line");
  `);
  assert.deepEqual(lines, ["the last line"]);
});

test("a process whose background loop has a timer waits for it", async () => {
  const lines = await outputOf(`
    createTask(function* () {
      yield* sleep(50);
      say("after a while");
    });
    say("the last line");
  `);
  assert.deepEqual(lines, ["the last line", "after a while"]);
});

test("run() works beside it, and from inside one of its callbacks", async () => {
  const lines = await outputOf(`
    const other = createTask(function* () {
      for (;;) yield* sleep(1);
    });
    say(await run(() => sleep(5, "a run of its own")));
    const inside = createTask(function* () {
      return yield* wrapFuture(run(function* () {
        yield* sleep(1);
        return getRunningLoop() !== other.getLoop();
      }));
    });
    say(await inside);
    say(other.done());
    other.cancel();
  `);
  assert.deepEqual(lines, ["a run of its own", "true", "false"]);
});

test("it is not counted where the only active loop is meant", async () => {
  const lines = await outputOf(`
    const other = createTask(function* () {
      for (;;) yield* sleep(1);
    });
    const loop = new EventLoop();
    const end = loop.runForever();
    await new Promise((resolve) => setTimeout(resolve, 5));
    say(new Future().getLoop() === loop, getEventLoop() === loop);
    loop.stop();
    await end;
    say(new Future().getLoop() === other.getLoop());
    other.cancel();
  `);
  assert.deepEqual(lines, ["true true", "true"]);
});

test("a failed task of it that nobody looks at is reported when it is collected", async () => {
  const program = `${IMPORTS}
    createTask(() => { throw new Error("nobody looks"); });
    for (let i = 0; i < 20; i++) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      globalThis.gc();
    }
  `;
  const { stderr } = await runProgram(program, { flags: ["--expose-gc"] });
  assert.match(stderr, /^Task exception was never retrieved\nError: nobody looks/);
});

test("workerd has none: what needs a loop is told to use run() or toFetchHandler()", async () => {
  const lines = await outputOf(`
    globalThis.WebSocketPair = class {};
    for (const use of [() => new Future(), () => createTask(sleep(1)), () => getEventLoop()]) {
      try { use(); say("not refused"); } catch (error) { say(error.name, /run\\(\\).*toFetchHandler\\(\\)/.test(error.message)); }
    }
    say(await run(() => sleep(1, "ran")));
  `);
  assert.deepEqual(lines, ["RuntimeError true", "RuntimeError true", "RuntimeError true", "ran"]);
});
