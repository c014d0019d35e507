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
import { runProgram } from "../support/child.js";
import { interrupt } from "../support/interrupted.js";
import { withIo } from "../support/ioStage.js";

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
  const main = run(
    function* (): Steps<string> {
      const event = new Event();
      loop.addSignalHandler("SIGWINCH", () => event.set());
      yield* event.wait();
      return "told";
    },
    { loopFactory: () => loop },
  );
  // Virtual time keeps no process alive.
  const interval = setInterval(() => process.listenerCount("SIGWINCH") > 0 && raise("SIGWINCH"), 5);
  try {
    assert.equal(await main, "told");
  } finally {
    clearInterval(interval);
  }
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

test("in a worker thread there are no handlers: RuntimeError", async () => {
  const { stdout, stderr } = await runProgram(`
    import { Worker } from "node:worker_threads";
    const source = \`
      import("wasyncio").then(async ({ run }) => {
        await import("wasyncio/io");
        await run(function* (task) {
          try { task.getLoop().addSignalHandler("SIGWINCH", () => {}); } catch (error) { console.log(String(error)); }
        });
      });
    \`;
    new Worker(source, { eval: true });
  `);
  assert.match(stdout, /^RuntimeError: addSignalHandler\(\) works only in the main thread/, stderr);
});

const IMPORTS = `
  import { createTask, Event, EventLoop, run, sleep } from "wasyncio";
  import "wasyncio/io";
  const say = (text) => console.log(text);
`;

test("a run that waits for nothing but a signal keeps its process alive until it comes, and not longer", async () => {
  const { status, lines } = await interrupt(`${IMPORTS}
    await run(function* (task) {
      const event = new Event();
      task.getLoop().addSignalHandler("SIGINT", () => event.set());
      setTimeout(() => say("interrupt me"), 300).unref();
      yield* event.wait();
      say("told");
    });
    process.on("exit", () => say("exit"));
  `);
  assert.deepEqual(lines, ["interrupt me", "told", "exit"]);
  assert.equal(status, 0);
});

test("a loop that runs for ever until a signal stops it", async () => {
  const { status, lines } = await interrupt(`${IMPORTS}
    const loop = new EventLoop();
    loop.addSignalHandler("SIGINT", () => loop.stop());
    setTimeout(() => say("interrupt me"), 300).unref();
    await loop.runForever();
    say("stopped");
  `);
  assert.deepEqual(lines, ["interrupt me", "stopped"]);
  assert.equal(status, 0);
});

test("a handler that was removed, or of a loop that does not run, keeps no process alive", async () => {
  const { status, stdout } = await runProgram(`${IMPORTS}
    process.on("exit", () => say("exit"));
    const other = new EventLoop();
    other.addSignalHandler("SIGTERM", () => {});
    const loop = new EventLoop();
    loop.addSignalHandler("SIGTERM", () => {});
    void loop.runForever();
    setTimeout(() => loop.removeSignalHandler("SIGTERM"), 20);
  `);
  assert.deepEqual({ status, stdout }, { status: 0, stdout: "exit\n" });
});

test("a handler for SIGINT takes the place of run's own: main is not cancelled", async () => {
  const { status, lines } = await interrupt(`${IMPORTS}
    await run(function* (task) {
      let count = 0;
      task.getLoop().addSignalHandler("SIGINT", () => say("handled " + ++count));
      for (let i = 1; i <= 3; i++) {
        say("interrupt me");
        while (count < i) yield* sleep(1);
      }
      say("ran to its end");
    });
  `);
  const told = [1, 2, 3].flatMap((i) => ["interrupt me", `handled ${i}`]);
  assert.deepEqual(lines, [...told, "ran to its end"]);
  assert.equal(status, 0);
});

test("once the handler for SIGINT is removed, run interrupts its main task again", async () => {
  for (const add of ["before", "during"]) {
    const { status, lines } = await interrupt(`${IMPORTS}
      const loop = new EventLoop();
      const add = () => loop.addSignalHandler("SIGINT", () => say("handled"));
      if ("${add}" === "before") add();
      await run(function* () {
        if ("${add}" === "during") add();
        say("interrupt me");
        yield* sleep(100);
        loop.removeSignalHandler("SIGINT");
        try {
          say("interrupt me");
          yield* sleep(10_000);
        } finally { say("cleaned up"); }
      }, { loopFactory: () => loop }).catch((error) => say(error.name));
    `);
    assert.deepEqual(lines, ["interrupt me", "handled", "interrupt me", "cleaned up", "KeyboardInterrupt"]);
    assert.equal(status, 130);
  }
});

test("a handler that a closed loop had for SIGINT does not keep the next run from being interrupted", async () => {
  const { lines } = await interrupt(`${IMPORTS}
    await run(function* (task) { task.getLoop().addSignalHandler("SIGINT", () => {}); });
    await run(function* () {
      say("interrupt me");
      yield* sleep(10_000);
    }).catch((error) => say(error.name));
  `);
  assert.deepEqual(lines, ["interrupt me", "KeyboardInterrupt"]);
});

test("without its handler SIGTERM ends the process again", async () => {
  const { status } = await runProgram(`${IMPORTS}
    await run(function* (task) {
      const event = new Event();
      task.getLoop().addSignalHandler("SIGTERM", () => event.set());
      process.kill(process.pid, "SIGTERM");
      yield* event.wait();
      task.getLoop().removeSignalHandler("SIGTERM");
      process.kill(process.pid, "SIGTERM");
      yield* sleep(5000);
      say("survived");
    });
  `);
  assert.equal(status, null);
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
