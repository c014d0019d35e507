// Async generators that nobody ends: closed when they are collected, at the latest when their loop shuts down.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  asyncGenerator,
  createTask,
  emit,
  EventLoop,
  run,
  sleep,
  type ExceptionContext,
  type Steps,
} from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import { runProgram } from "../support/child.js";
import { onLoop } from "../support/onLoop.js";

const closing = asyncGenerator(function* (
  name: string,
  note: (event: string) => void,
  cleanUp: number = 0,
): Steps<void> {
  try {
    yield* emit(name);
  } finally {
    if (cleanUp > 0) yield* sleep(cleanUp);
    note(`${name} closed`);
  }
});

test("shutdownAsyncgens closes what was begun and not ended, all at once, and forgets it", () => {
  onLoop(function* ({ loop, trace }) {
    const note = (event: string): void => trace.add(`${event} at ${loop.time()}`);
    const generators = [closing("slow", note, 20), closing("quick", note, 5), closing("ended", note)];
    closing("never begun", note);
    for (const generator of generators) yield* generator.asend();
    yield* generators[2]!.aclose();
    yield* loop.shutdownAsyncgens();
    trace.assertIs(["ended closed at 0", "quick closed at 5", "slow closed at 20"]);
    yield* loop.shutdownAsyncgens();
    assert.equal(trace.events.length, 3);
  });
});

test("the generators are closed in the order of their first steps", () => {
  onLoop(function* ({ loop, trace }) {
    const note = (event: string): void => trace.add(event);
    const generators = ["c", "a", "b"].map((name) => closing(name, note));
    for (const generator of [generators[1]!, generators[2]!, generators[0]!]) yield* generator.asend();
    yield* loop.shutdownAsyncgens();
    trace.assertIs(["a closed", "b closed", "c closed"]);
  });
});

test("what a generator throws while it is closed goes to the exception handler, and the others are closed", () => {
  onLoop(function* (stage) {
    const { loop, trace } = stage;
    const error = new Error("while closing");
    const raise = (): never => {
      throw error;
    };
    const failing = asyncGenerator(function* (): Steps<void> {
      try {
        yield* emit(1);
      } finally {
        yield* sleep(1);
        raise();
      }
    });
    const generators = [failing(), closing("other", (event) => trace.add(event))];
    for (const generator of generators) yield* generator.asend();
    yield* loop.shutdownAsyncgens();
    const reports = stage.takeReports();
    assert.equal(reports.length, 1);
    assert.equal(reports[0]!.message, "an error occurred during closing of asynchronous generator");
    assert.equal(reports[0]!.exception, error);
    assert.ok("asyncgen" in reports[0]!);
    trace.assertIs(["other closed"]);
  });
});

test("run closes them behind the leftover tasks and before the loop", async () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  const trace: string[] = [];
  const reports: ExceptionContext[] = [];
  loop.setExceptionHandler((_loop, context) => reports.push(context));
  const generator = closing("generator", (event) => trace.push(`${event}, loop closed: ${loop.isClosed()}`), 5);
  await run(
    function* () {
      yield* generator.asend();
      createTask(function* () {
        try {
          yield* sleep(1000);
        } finally {
          trace.push("task cancelled");
        }
      });
      yield;
    },
    { loopFactory: () => loop },
  );
  assert.deepEqual(trace, ["task cancelled", "generator closed, loop closed: false"]);
  assert.deepEqual(reports, []);
});

const IMPORTS = `
  import { asyncGenerator, emit, EventLoop, run, sleep } from "wasyncio";
  const say = (text) => console.log(text);
  const numbers = asyncGenerator(function* () {
    try {
      for (let i = 0; ; i++) {
        yield* sleep(2);
        yield* emit(i);
      }
    } finally {
      yield* sleep(1);
      say("closed");
    }
  });
  function* collect() {
    for (let i = 0; i < 10; i++) {
      yield* sleep(1);
      globalThis.gc();
    }
  }
`;

test("a generator that nobody can reach any more is closed after it was collected, by a task of its loop", async () => {
  const { stdout, stderr } = await runProgram(
    `${IMPORTS}
    await run(function* () {
      yield* (function* () { say(yield* numbers().asend()); })();
      yield* collect();
      say("main goes on");
    });
    say("run has ended");
  `,
    { flags: ["--expose-gc"] },
  );
  assert.equal(stderr, "");
  assert.equal(stdout, "0\nclosed\nmain goes on\nrun has ended\n");
});

test("a generator whose step is on its way is not collected, though nothing else holds it", async () => {
  const { stdout, stderr } = await runProgram(
    `${IMPORTS}
    const slow = asyncGenerator(function* () {
      yield* sleep(30);
      yield* emit("its value");
    });
    await run(function* () {
      const { createTask } = yield import("wasyncio");
      createTask(collect());
      say(yield* slow().asend());
    });
  `,
    { flags: ["--expose-gc"] },
  );
  assert.equal(stderr, "");
  assert.equal(stdout, "its value\n");
});

test("what an abandoned generator throws while it is closed is reported", async () => {
  const { stdout, stderr } = await runProgram(
    `${IMPORTS}
    const failing = asyncGenerator(function* () {
      try { yield* emit(1); } finally { throw new Error("while closing"); }
    });
    const loop = new EventLoop();
    loop.setExceptionHandler((_, { message, exception }) => say(message + ": " + exception.message));
    await run(function* () {
      yield* (function* () { yield* failing().asend(); })();
      yield* collect();
    }, { loopFactory: () => loop });
  `,
    { flags: ["--expose-gc"] },
  );
  assert.equal(stderr, "");
  assert.match(stdout, /: while closing\n$/);
});
