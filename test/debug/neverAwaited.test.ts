// Coroutines that were made and then forgotten.
import assert from "node:assert/strict";
import { test } from "node:test";
import { coroutine, createTask, Event, gather, Queue, sleep, type Steps } from "../../bindings/index.js";
import { runProgram } from "../support/child.js";
import { onDebugLoop } from "./onDebugLoop.js";

const fetchPage = coroutine(function* fetchPage(): Steps<string> {
  yield;
  return "page";
});

test("a coroutine never awaited is reported when its loop closes, with its name and where it was made", async () => {
  const stage = await onDebugLoop(function* forgets() {
    fetchPage();
    yield;
  });
  assert.deepEqual(stage.messages(), ["coroutine 'fetchPage' was never awaited"]);
  assert.match(stage.reports[0]!.sourceTraceback!.split("\n")[0]!, /forgets.*neverAwaited\.test\.[jt]s/);
});

test("each forgotten coroutine is reported, in the order in which they were made", async () => {
  const stage = await onDebugLoop(function* () {
    fetchPage();
    coroutine(function* () {})();
    fetchPage();
    yield;
  });
  const expected = ["fetchPage", "anonymous", "fetchPage"].map((name) => `coroutine '${name}' was never awaited`);
  assert.deepEqual(stage.messages(), expected);
});

test("what the exception handler forgets while the loop closes is not reported to it in turn", async () => {
  const stage = await onDebugLoop(function* ({ loop, reports }) {
    loop.setExceptionHandler((_loop, context) => {
      // Without end, if each report led to the next one.
      if (reports.push(context) < 50) fetchPage();
    });
    fetchPage();
    yield;
  });
  assert.equal(stage.reports.length, 1);
});

test("a coroutine that was awaited in any way is not reported", async () => {
  const stage = await onDebugLoop(function* () {
    yield* fetchPage();
    yield fetchPage();
    yield* createTask(fetchPage());
    yield* gather([fetchPage(), fetchPage()]);
    yield* createTask(async () => {
      await fetchPage();
    });
    yield* createTask(() => fetchPage());
  });
  assert.deepEqual(stage.messages(), []);
});

test("a coroutine whose task was cancelled before its first step is not reported", async () => {
  const stage = await onDebugLoop(function* () {
    const task = createTask(fetchPage());
    task.cancel();
    yield;
    assert.equal(task.cancelled(), true);
  });
  assert.deepEqual(stage.messages(), []);
});

for (const [name, make] of Object.entries({
  sleep: () => sleep(5),
  "Event.wait": () => new Event().wait(),
  "Queue.get": () => new Queue().get(),
})) {
  test(`a forgotten ${name}() of the library is reported as well`, async () => {
    const stage = await onDebugLoop(function* () {
      make();
      yield;
    });
    assert.equal(stage.reports.length, 1);
    assert.match(stage.messages()[0]!, /^coroutine '.+' was never awaited$/);
  });
}

test("a coroutine that began and was left at a suspension is not reported", async () => {
  const stage = await onDebugLoop(function* ({ loop }) {
    const endless = coroutine(function* () {
      yield* loop.createFuture();
    });
    createTask(endless());
    yield;
  });
  assert.deepEqual(stage.messages(), []);
});

test("a coroutine made outside of the loop is reported to the loop in debug mode", async () => {
  const stage = await onDebugLoop(function* () {
    yield new Promise<void>((resolve) => {
      setImmediate(() => {
        fetchPage();
        resolve();
      });
    });
  });
  assert.deepEqual(stage.messages(), ["coroutine 'fetchPage' was never awaited"]);
});

test("without debug mode nothing is reported", async () => {
  const stage = await onDebugLoop(
    function* () {
      fetchPage();
      yield;
    },
    { debug: false },
  );
  assert.deepEqual(stage.messages(), []);
});

test("a forgotten coroutine is reported as soon as it is collected, and not again when the loop closes", async () => {
  const program = `
    import { coroutine, EventLoop, run, sleep } from "wasyncio";
    const fetchPage = coroutine(function* fetchPage() { yield; });
    const messages = [];
    const loop = new EventLoop({ debug: true });
    loop.setExceptionHandler((_, { message }) => messages.push(message));
    // Collections take their time on a busy machine.
    loop.slowCallbackDuration = 60_000;
    await run(function* () {
      (() => { fetchPage(); })();
      for (let i = 0; i < 50 && messages.length === 0; i++) {
        yield* sleep(1);
        globalThis.gc();
      }
      console.log(messages.splice(0).join());
      const kept = fetchPage();
      yield* sleep(1);
      globalThis.gc();
      yield* sleep(1);
      console.log(messages.length);
      yield* kept;
    }, { loopFactory: () => loop });
    console.log(messages.length);
  `;
  const { stdout, stderr } = await runProgram(program, { flags: ["--expose-gc"] });
  assert.equal(stderr, "");
  assert.equal(stdout, "coroutine 'fetchPage' was never awaited\n0\n0\n");
});

test("the default handler writes the name and the place", async () => {
  const program = `
    import { coroutine, run } from "wasyncio";
    const fetchPage = coroutine(function* fetchPage() { yield; });
    await run(function* forgets() { fetchPage(); }, { debug: true });
  `;
  const { stdout, stderr, status } = await runProgram(program);
  assert.equal(stdout, "");
  assert.match(stderr, /^coroutine 'fetchPage' was never awaited\nsourceTraceback: +at forgets /);
  assert.equal(status, 0);
});
