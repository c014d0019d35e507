// Ctrl-C: the first interrupts the main task, the second ends the process.
import assert from "node:assert/strict";
import { test } from "node:test";
import { interrupt } from "../support/interrupted.js";
import { testOnlyIn } from "../support/testWhere.js";

const IMPORTS = `
  import { createTask, EventLoop, isCancelled, KeyboardInterrupt, run, Runner, sleep, taskGroup, timeout } from "wasyncio";
  const say = (text) => console.log(text);
`;

test("the first SIGINT cancels main: finally blocks run, run rejects with KeyboardInterrupt, the status is 130", async () => {
  const { status, signal, lines, stderr } = await interrupt(`${IMPORTS}
    try {
      await run(function* () {
        try {
          say("interrupt me");
          yield* sleep(10_000);
        } finally {
          yield* sleep(5);
          say("cleaned up");
        }
      });
    } catch (error) {
      say(error instanceof KeyboardInterrupt);
      say(isCancelled(error.cause));
    }
  `);
  assert.equal(stderr, "");
  assert.deepEqual(lines, ["interrupt me", "cleaned up", "true", "true"]);
  assert.deepEqual({ status, signal }, { status: 130, signal: null });
});

test("process.exitCode is 130 when run rejects", async () => {
  const { lines } = await interrupt(`${IMPORTS}
    await run(function* () {
      say("interrupt me");
      yield* sleep(10_000);
    }).catch(() => say(process.exitCode));
  `);
  assert.deepEqual(lines, ["interrupt me", "130"]);
});

const ONLY_NODE = "elsewhere the status of an error that nobody catches is 1, whatever is set";

testOnlyIn(
  ["node"],
  ONLY_NODE,
  "a KeyboardInterrupt that nobody catches ends the process with its stack and status 130",
  async () => {
    const { status, signal, stderr } = await interrupt(`${IMPORTS}
    async function main() {
      await run(function* () {
        say("interrupt me");
        yield* sleep(10_000);
      });
    }
    void main();
  `);
    assert.match(stderr, /KeyboardInterrupt: interrupted by SIGINT\n +at /);
    assert.deepEqual({ status, signal }, { status: 130, signal: null });
  },
);

test("another error that nobody catches, after an interrupted run, ends the process with its own status", async () => {
  const { status, lines } = await interrupt(`${IMPORTS}
    await run(function* () {
      say("interrupt me");
      yield* sleep(10_000);
    }).catch((error) => say(error.name));
    throw new RangeError("something else");
  `);
  assert.deepEqual(lines, ["interrupt me", "KeyboardInterrupt"]);
  assert.equal(status, 1);
});

testOnlyIn(
  ["node"],
  ONLY_NODE,
  "a process that handles its uncaught errors chooses the status of an interrupt as well",
  async () => {
    const { status, lines } = await interrupt(`${IMPORTS}
    process.on("uncaughtException", (error) => {
      say(error.name);
      process.exit(3);
    });
    await run(function* () {
      say("interrupt me");
      yield* sleep(10_000);
    });
  `);
    assert.deepEqual(lines, ["interrupt me", "KeyboardInterrupt"]);
    assert.equal(status, 3);
  },
);

test("other tasks are cancelled as at any end of a run, and their finally blocks run", async () => {
  const { status, lines } = await interrupt(`${IMPORTS}
    await run(function* () {
      createTask(function* () {
        try { yield* sleep(10_000); } finally { say("other task"); }
      });
      yield* taskGroup(function* (group) {
        group.createTask(function* () {
          try {
            say("interrupt me");
            yield* sleep(10_000);
          } finally { say("child"); }
        });
      });
    }).catch((error) => say(error.name));
  `);
  assert.deepEqual(lines, ["interrupt me", "child", "other task", "KeyboardInterrupt"]);
  assert.equal(status, 130);
});

test("a main that ends in its own way after SIGINT keeps its outcome", async () => {
  const { status, lines } = await interrupt(`${IMPORTS}
    const result = await run(function* () {
      try {
        say("interrupt me");
        yield* sleep(10_000);
      } catch {
        return "finished in its own way";
      }
    });
    say(result);
  `);
  assert.deepEqual(lines, ["interrupt me", "finished in its own way"]);
  assert.equal(status, 0);
});

test("a main that fails after SIGINT rejects with its own error", async () => {
  const { status, lines } = await interrupt(`${IMPORTS}
    await run(function* () {
      try {
        say("interrupt me");
        yield* sleep(10_000);
      } finally {
        throw new RangeError("while cleaning up");
      }
    }).catch((error) => say(error.name));
  `);
  assert.deepEqual(lines, ["interrupt me", "RangeError"]);
  assert.equal(status, 0);
});

test("a main that was cancelled by somebody else as well rejects with CancelledError", async () => {
  const { status, lines } = await interrupt(`${IMPORTS}
    await run(function* (main) {
      createTask(function* () {
        while (main.cancelling() === 0) yield* sleep(1);
        main.cancel();
      });
      try {
        say("interrupt me");
        yield* sleep(10_000);
      } finally {
        try { yield* sleep(50); } catch {}
      }
    }).catch((error) => say(error.name));
  `);
  assert.deepEqual(lines, ["interrupt me", "CancelledError"]);
  assert.equal(status, 0);
});

test("a second SIGINT ends a stubborn program at once, by the signal", async () => {
  const { status, signal, lines } = await interrupt(`${IMPORTS}
    await run(function* () {
      for (;;) {
        try {
          say("interrupt me");
          yield* sleep(10_000);
        } catch {
          say("never mind");
        }
      }
    });
  `);
  assert.deepEqual({ status, signal }, { status: null, signal: "SIGINT" });
  assert.deepEqual(lines, ["interrupt me", "never mind", "interrupt me"]);
});

test("a process with its own SIGINT listener is left alone", async () => {
  const { status, lines } = await interrupt(`${IMPORTS}
    process.on("SIGINT", () => say("mine"));
    await run(function* () {
      say("interrupt me");
      yield* sleep(200);
      say("ran to its end");
    });
    say(process.listenerCount("SIGINT"));
  `);
  assert.deepEqual(lines, ["interrupt me", "mine", "ran to its end", "1"]);
  assert.equal(status, 0);
});

test("the listener is there while the run lasts and gone afterwards, however it ends", async () => {
  const { lines } = await interrupt(`${IMPORTS}
    const count = () => process.listenerCount("SIGINT");
    await run(() => say(count()));
    say(count());
    await run(() => { throw new Error("failed"); }).catch(() => {});
    say(count());
    const runner = new Runner();
    await runner.run(() => say(count()));
    say(count());
    await runner.close();
  `);
  assert.deepEqual(lines, ["1", "0", "0", "1", "0"]);
});

test("after an interrupted run the next one runs and can be interrupted again", async () => {
  const { status, lines } = await interrupt(`${IMPORTS}
    for (const turn of [1, 2]) {
      await run(function* () {
        say("interrupt me");
        yield* sleep(10_000);
      }).catch((error) => say(error.name + " " + turn));
    }
    process.exitCode = 0;
    say(await run(() => "still runs"));
  `);
  assert.deepEqual(lines, ["interrupt me", "KeyboardInterrupt 1", "interrupt me", "KeyboardInterrupt 2", "still runs"]);
  assert.equal(status, 0);
});

test("a native main is told by its signal", async () => {
  const { status, lines } = await interrupt(`${IMPORTS}
    await run(async (task) => {
      say("interrupt me");
      await new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, 10_000);
        task.signal.addEventListener("abort", () => { clearTimeout(timer); reject(task.signal.reason); });
      });
    }).catch((error) => say(error.name));
  `);
  assert.deepEqual(lines, ["interrupt me", "KeyboardInterrupt"]);
  assert.equal(status, 130);
});

test("without a run SIGINT does what it does by default", async () => {
  const { signal, lines } = await interrupt(`${IMPORTS}
    await run(() => {});
    say("interrupt me");
    setTimeout(() => say("survived"), 5000);
  `);
  assert.equal(signal, "SIGINT");
  assert.deepEqual(lines, ["interrupt me"]);
});
