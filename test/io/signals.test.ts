// Handlers of the process's signals.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ContextVar,
  coroutine,
  createTask,
  Event,
  EventLoop,
  getRunningLoop,
  run,
  sleep,
  type Steps,
} from "../../bindings/index.js";
import "../../bindings/io.js";
import { VirtualHost } from "../../bindings/testing.js";
import { withIo } from "../support/ioStage.js";

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

const raise = (signal: NodeJS.Signals): boolean => process.kill(process.pid, signal);

test("a handler is called with its arguments as a callback of the loop, each time the signal comes", () =>
  withIo(function* (stage) {
    const { loop, trace } = stage;
    const event = new Event();
    loop.addSignalHandler(
      "SIGWINCH",
      (what: string) => {
        assert.equal(getRunningLoop(), loop);
        trace.add(what);
        event.set();
      },
      "told",
    );
    for (let i = 0; i < 2; i++) {
      event.clear();
      raise("SIGWINCH");
      yield* event.wait();
    }
    trace.assertIs(["told", "told"]);
    assert.equal(loop.removeSignalHandler("SIGWINCH"), true);
  }));

test("a handler runs in the context in which it was added", () =>
  withIo(function* ({ loop }) {
    const name = new ContextVar<string>("name");
    const event = new Event();
    const seen: string[] = [];
    name.set("outer");
    loop.addSignalHandler("SIGWINCH", () => {
      seen.push(name.get());
      event.set();
    });
    name.set("later");
    raise("SIGWINCH");
    yield* event.wait();
    assert.deepEqual(seen, ["outer"]);
    loop.removeSignalHandler("SIGWINCH");
  }));

test("another handler for the signal takes the place of the first; a name and its number are the same signal", () =>
  withIo(function* ({ loop, trace }) {
    const event = new Event();
    const number = 28;
    const before = process.listenerCount("SIGWINCH");
    loop.addSignalHandler("SIGWINCH", () => trace.add("first"));
    loop.addSignalHandler(number, () => {
      trace.add("second");
      event.set();
    });
    assert.equal(process.listenerCount("SIGWINCH"), before + 1);
    raise("SIGWINCH");
    yield* event.wait();
    trace.assertIs(["second"]);
    assert.equal(loop.removeSignalHandler("SIGWINCH"), true);
    assert.equal(loop.removeSignalHandler(number), false);
    assert.equal(process.listenerCount("SIGWINCH"), before);
  }));

test("each loop has handlers of its own", async () => {
  const seen: string[] = [];
  const once = (name: string) =>
    run(function* () {
      const event = new Event();
      const loop = getRunningLoop();
      loop.addSignalHandler("SIGWINCH", () => {
        seen.push(name);
        event.set();
      });
      if (name === "second") raise("SIGWINCH");
      yield* event.wait();
    });
  await Promise.all([once("first"), once("second")]);
  assert.deepEqual(seen.sort(), ["first", "second"]);
});

test("what a handler throws is reported, and the handler stays", () =>
  withIo(function* (stage) {
    const { loop } = stage;
    const event = new Event();
    loop.addSignalHandler("SIGWINCH", () => {
      event.set();
      throw new RangeError("my mistake");
    });
    raise("SIGWINCH");
    yield* event.wait();
    assert.equal(String(stage.takeReports()[0]!.exception), "RangeError: my mistake");
    assert.equal(loop.removeSignalHandler("SIGWINCH"), true);
  }));

test("a loop that closes lets go of its handlers, and takes no more", async () => {
  const before = process.listenerCount("SIGWINCH");
  const loop = await run(function* (task) {
    task.getLoop().addSignalHandler("SIGWINCH", () => {});
    assert.equal(process.listenerCount("SIGWINCH"), before + 1);
    return task.getLoop();
  });
  assert.equal(process.listenerCount("SIGWINCH"), before);
  assert.throws(() => loop.addSignalHandler("SIGWINCH", () => {}), { name: "RuntimeError", message: /closed/ });
  assert.equal(loop.removeSignalHandler("SIGWINCH"), false);
});

test("a loop that waits for nothing but a signal is no deadlock", async () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  let isOver = false;
  const main = run(
    function* (): Steps<string> {
      const event = new Event();
      loop.addSignalHandler("SIGWINCH", () => event.set());
      yield* event.wait();
      isOver = true;
      return "told";
    },
    { loopFactory: () => loop },
  );
  await turns(10);
  raise("SIGWINCH");
  // Virtual time keeps no process alive until the signal has arrived.
  while (!isOver) await turns(1);
  assert.equal(await main, "told");
});

const nothing = (): void => {};
const MISUSES: readonly [title: string, signal: unknown, callback: unknown, name: string, message: RegExp][] = [
  ["a name that is none", "SIGFOO", nothing, "ValueError", /"SIGFOO".*such as "SIGTERM"/],
  ["a name without SIG", "TERM", nothing, "ValueError", /"TERM"/],
  ["number 0", 0, nothing, "ValueError", /invalid signal number 0/],
  ["a number that is none", 12_345, nothing, "ValueError", /invalid signal number 12345/],
  ["no name and no number", null, nothing, "TypeError", /name or number, got null/],
  ["half a number", 1.5, nothing, "TypeError", /got 1\.5/],
  ["SIGKILL", "SIGKILL", nothing, "RuntimeError", /SIGKILL cannot be caught/],
  [
    "SIGSTOP by its number",
    process.platform === "darwin" ? 17 : 19,
    nothing,
    "RuntimeError",
    /SIGSTOP cannot be caught/,
  ],
  ["no callback", "SIGWINCH", undefined, "TypeError", /function to call/],
  ["a generator function", "SIGWINCH", function* () {}, "TypeError", /createTask\(\)/],
  ["an async function", "SIGWINCH", async () => {}, "TypeError", /createTask\(\)/],
  ["what coroutine() has made", "SIGWINCH", coroutine(function* () {}), "TypeError", /createTask\(\)/],
];

for (const [title, signal, callback, name, message] of MISUSES) {
  test(`addSignalHandler with ${title} is a ${name}, and no handler is there`, () => {
    const loop = new EventLoop();
    try {
      const before = process.listenerCount("SIGWINCH");
      assert.throws(() => loop.addSignalHandler(signal as string, callback as () => void), { name, message });
      assert.equal(process.listenerCount("SIGWINCH"), before);
      assert.equal(loop._attached?.size ?? 0, 0);
    } finally {
      loop.close();
    }
  });
}

test("removeSignalHandler of what is no signal is a ValueError", () => {
  const loop = new EventLoop();
  assert.throws(() => loop.removeSignalHandler("SIGFOO"), { name: "ValueError" });
  assert.equal(loop.removeSignalHandler("SIGWINCH"), false);
  loop.close();
});

test("a handler may create tasks", () =>
  withIo(function* ({ loop, trace }) {
    const event = new Event();
    loop.addSignalHandler("SIGWINCH", () =>
      createTask(function* () {
        yield* sleep(1);
        trace.add("task");
        event.set();
      }),
    );
    raise("SIGWINCH");
    yield* event.wait();
    trace.assertIs(["task"]);
    loop.removeSignalHandler("SIGWINCH");
  }));
