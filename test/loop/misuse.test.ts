// Each misuse of a loop: the class of the error, its message, and that the loop goes on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EventLoop, getRunningLoop, run, Runner, RuntimeError, sleep } from "../../bindings/index.js";
import { runVirtual, VirtualHost } from "../../bindings/testing.js";
import { onLoop, withLoop } from "../support/onLoop.js";

const NOT_NUMBERS = [
  [NaN, "NaN"],
  [Infinity, "Infinity"],
  [-Infinity, "-Infinity"],
  ["5", '"5"'],
  [undefined, "undefined"],
  [null, "null"],
  [5n, "5"],
  [new Date(0), "an object of class Date"],
] as const;

const TAKE_A_DURATION = {
  callLater: (loop: EventLoop, value: number) => loop.callLater(value, () => {}),
  callAt: (loop: EventLoop, value: number) => loop.callAt(value, () => {}),
  sleep: (_loop: EventLoop, value: number) => sleep(value),
  timeSlice: (_loop: EventLoop, value: number) => new EventLoop({ timeSlice: value }),
  advance: (_loop: EventLoop, value: number) => new VirtualHost().advance(value),
};

for (const [name, call] of Object.entries(TAKE_A_DURATION)) {
  test(`${name} refuses a duration that is not a finite number and quotes it`, () => {
    onLoop(function* ({ loop }) {
      for (const [value, quoted] of NOT_NUMBERS) {
        if (name === "timeSlice" && (value ?? undefined) === undefined) continue;
        assert.throws(() => call(loop, value as number), {
          name: "TypeError",
          message: `${name} expects a finite number of milliseconds, got ${quoted}`,
        });
      }
      assert.equal(yield* sleep(5, "still works"), "still works");
    });
  });
}

const NOT_CALLABLE: readonly (readonly [unknown, string])[] = [
  [undefined, "undefined"],
  ["f", '"f"'],
  [sleep(1), "an object of class Sleep"],
];

const TAKE_A_CALLBACK = {
  callSoon: (loop: EventLoop, value: () => void) => loop.callSoon(value),
  callSoonThreadsafe: (loop: EventLoop, value: () => void) => loop.callSoonThreadsafe(value),
  callLater: (loop: EventLoop, value: () => void) => loop.callLater(1, value),
  callAt: (loop: EventLoop, value: () => void) => loop.callAt(1, value),
  addDoneCallback: (loop: EventLoop, value: () => void) => loop.createFuture().addDoneCallback(value),
};

for (const [name, call] of Object.entries(TAKE_A_CALLBACK)) {
  test(`${name} refuses a callback that is not a function and says what it got`, () => {
    onLoop(function* ({ loop }) {
      for (const [value, quoted] of NOT_CALLABLE) {
        assert.throws(() => call(loop, value as () => void), {
          name: "TypeError",
          message: `${name} expects a function to call, got ${quoted}`,
        });
      }
      yield* sleep(5);
    });
  });
}

const USES_OF_A_LOOP = {
  callSoon: (loop: EventLoop) => loop.callSoon(() => {}),
  callLater: (loop: EventLoop) => loop.callLater(1, () => {}),
  callAt: (loop: EventLoop) => loop.callAt(1, () => {}),
  createTask: (loop: EventLoop) => loop.createTask(sleep(1)),
  runForever: (loop: EventLoop) => void loop.runForever(),
  runUntilComplete: (loop: EventLoop) => void loop.runUntilComplete(sleep(1)),
};

for (const [name, use] of Object.entries(USES_OF_A_LOOP)) {
  test(`${name} of a closed loop is a RuntimeError`, () => {
    const loop = new EventLoop({ host: new VirtualHost() });
    loop.close();
    assert.throws(() => use(loop), { name: "RuntimeError", message: /^Event loop is closed; / });
  });
}

test("closing a loop twice is no error", () => {
  const loop = new EventLoop();
  loop.close();
  loop.close();
  assert.equal(loop.isClosed(), true);
});

test("closing a loop while it runs is a RuntimeError and the loop goes on", () => {
  onLoop(function* ({ loop }) {
    assert.throws(() => loop.close(), { name: "RuntimeError", message: /^Cannot close a running event loop; / });
    yield* sleep(5);
    assert.equal(loop.isClosed(), false);
  });
});

const STARTS_A_RUN = {
  "run()": () => run(function* () {}),
  "Runner.run()": () => new Runner().run(function* () {}),
  "runVirtual()": () => runVirtual(function* () {}),
};

for (const [name, start] of Object.entries(STARTS_A_RUN)) {
  test(`${name} inside a step is a RuntimeError, thrown at the call`, () => {
    onLoop(function* () {
      const message = `${name} cannot be called from a running event loop: await what it should run instead`;
      assert.throws(() => void start(), { name: "RuntimeError", message });
      yield* sleep(5);
    });
  });

  test(`${name} inside a callback is a RuntimeError, thrown at the call`, () => {
    onLoop(function* ({ loop, trace }) {
      loop.callSoon(() => {
        assert.throws(() => void start(), RuntimeError);
        trace.add("refused");
      });
      yield;
      trace.assertIs(["refused"]);
    });
  });
}

test("running a loop that runs already is a RuntimeError", async () => {
  await withLoop(async ({ loop }) => {
    const first = loop.runForever();
    assert.throws(() => void loop.runForever(), {
      name: "RuntimeError",
      message: "This event loop is already running",
    });
    assert.throws(() => void loop.runUntilComplete(sleep(1)), RuntimeError);
    loop.stop();
    await first;
  });
});

test("running another loop while one is on the stack is a RuntimeError", () => {
  onLoop(function* () {
    const other = new EventLoop({ host: new VirtualHost() });
    assert.throws(() => void other.runForever(), { name: "RuntimeError", message: /while another loop is running/ });
    other.close();
    yield* sleep(1);
  });
});

test("getRunningLoop outside of a loop is a RuntimeError that says where it answers", () => {
  assert.throws(() => getRunningLoop(), {
    name: "RuntimeError",
    message: /^no running event loop: .*task\.getLoop\(\)$/s,
  });
});

test("an exception handler that is not a function is a TypeError", () => {
  onLoop(function* ({ loop }) {
    const handler = loop.getExceptionHandler();
    assert.throws(() => loop.setExceptionHandler("log" as never), {
      name: "TypeError",
      message: 'setExceptionHandler expects a function or null, got "log"',
    });
    assert.equal(loop.getExceptionHandler(), handler);
    yield;
  });
});
