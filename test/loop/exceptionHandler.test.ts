import assert from "node:assert/strict";
import { test } from "node:test";
import { ContextVar, EventLoop, run, sleep, type ExceptionContext, type Steps } from "../../bindings/index.js";
import { QuietHost } from "../support/quietHost.js";

/** Runs `body` on a loop with the default handler; what it logged. */
async function logOf(body: (loop: EventLoop) => Steps<void>): Promise<string[]> {
  const host = new QuietHost();
  const loop = new EventLoop({ host });
  await run(() => body(loop), { loopFactory: () => loop });
  return host.logged;
}

test("a loop begins without a handler of its own", () => {
  const loop = new EventLoop();
  assert.equal(loop.getExceptionHandler(), null);
  const handler = (): void => {};
  loop.setExceptionHandler(handler);
  assert.equal(loop.getExceptionHandler(), handler);
  loop.setExceptionHandler(null);
  assert.equal(loop.getExceptionHandler(), null);
  loop.close();
});

test("the default handler writes one block: message, what it is about, error with its stack", async () => {
  const logged = await logOf(function* (loop) {
    loop.callSoon(function measure() {
      throw new RangeError("too far");
    });
    yield;
  });
  assert.equal(logged.length, 1);
  assert.match(
    logged[0]!,
    /^Exception in callback measure\nhandle: <Handle function measure>\nRangeError: too far\n.*measure/,
  );
});

test("the default handler names the task that failed unnoticed", async () => {
  const logged = await logOf(function* (loop) {
    loop.createTask(
      () => {
        throw new RangeError("too far");
      },
      { name: "measurer" },
    );
    yield;
  });
  assert.equal(logged.length, 1);
  assert.match(logged[0]!, /^Task exception was never retrieved\n/);
  assert.match(logged[0]!, /measurer/);
  assert.match(logged[0]!, /RangeError: too far/);
});

test("the default handler copes with whatever was thrown", async () => {
  const thrown = [undefined, null, 5, "text", Object.create(null), { toString: () => assert.fail() }, Symbol("thrown")];
  const logged = await logOf(function* (loop) {
    for (const value of thrown) {
      loop.callSoon(() => {
        throw value;
      });
    }
    yield* sleep(1);
  });
  assert.equal(logged.length, thrown.length);
});

test("a task that failed with what can not be turned into text is reported all the same", async () => {
  const logged = await logOf(function* (loop) {
    loop.createTask(() => {
      throw Object.create(null);
    });
    yield* sleep(1);
  });
  assert.equal(logged.length, 1);
});

test("a handler is told the loop, message, exception and handle", async () => {
  const host = new QuietHost();
  const loop = new EventLoop({ host });
  const told: [EventLoop, ExceptionContext][] = [];
  loop.setExceptionHandler((...args) => told.push(args));
  const error = new Error("thrown on purpose");
  const handle = loop.callSoon(() => {
    throw error;
  });
  await loop.runUntilComplete(sleep(1));
  loop.close();
  assert.equal(told.length, 1);
  assert.equal(told[0]![0], loop);
  assert.deepEqual(told[0]![1], { message: "Exception in callback", exception: error, handle });
  assert.deepEqual(host.logged, []);
});

test("a handler that throws costs only itself: both errors are logged", async () => {
  const logged = await logOf(function* (loop) {
    loop.setExceptionHandler(() => {
      throw new Error("the handler's own");
    });
    loop.callSoon(() => {
      throw new Error("the callback's");
    });
    yield* sleep(1);
  });
  assert.match(logged.join("\n"), /Unhandled error in exception handler/);
  assert.match(logged.join("\n"), /the handler's own/);
  assert.match(logged.join("\n"), /the callback's/);
});

test("a default handler that throws does not end the loop", async () => {
  class Stubborn extends EventLoop {
    override defaultExceptionHandler(): void {
      throw new Error("no place to write to");
    }
  }
  const loop = new Stubborn({ host: new QuietHost() });
  loop.callSoon(() => {
    throw new Error("thrown on purpose");
  });
  assert.equal(await loop.runUntilComplete(sleep(1, "still running")), "still running");
  loop.close();
});

test("a handler runs in the context of the callback that failed", async () => {
  const variable = new ContextVar<string>("variable", { default: "none" });
  const seen: string[] = [];
  await logOf(function* (loop) {
    loop.setExceptionHandler(() => seen.push(variable.get()));
    variable.set("the callback's");
    loop.callSoon(() => {
      throw new Error("thrown on purpose");
    });
    variable.set("the task's");
    yield;
  });
  assert.deepEqual(seen, ["the callback's"]);
});

test("callExceptionHandler tells the handler what the caller says", async () => {
  const logged = await logOf(function* (loop) {
    loop.callExceptionHandler({ message: "the disk is full" });
    loop.callExceptionHandler({ message: "" });
    yield;
  });
  assert.deepEqual(logged, ["the disk is full", "Unhandled exception in event loop"]);
});
