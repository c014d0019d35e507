// Signals of programs in processes of their own: what keeps a process alive, and whose Ctrl-C is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runProgram } from "../support/child.js";
import { interrupt } from "../support/interrupted.js";

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
