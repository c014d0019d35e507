// Each misuse of a Future: the class of the error, its message, and that the loop goes on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EventLoop, Future, gather, sleep, wrapFuture } from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import { onLoop } from "../support/onLoop.js";

const SETTLE: Record<string, (future: Future<number>) => void> = {
  setResult: (future) => future.setResult(1),
  setException: (future) => future.setException(new Error("set")),
};
const STATES: Record<string, [make: (future: Future<number>) => void, named: string]> = {
  finished: [(future) => future.setResult(0), "finished"],
  failed: [(future) => void (future.setException(new Error("failed")), future.exception()), "finished"],
  cancelled: [(future) => void future.cancel(), "cancelled"],
};

for (const [state, [make, named]] of Object.entries(STATES)) {
  for (const [name, settle] of Object.entries(SETTLE)) {
    test(`${name} of a future that has ${state} is an InvalidStateError`, () => {
      onLoop(function* ({ loop }) {
        const future = loop.createFuture<number>();
        make(future);
        assert.throws(() => settle(future), {
          name: "InvalidStateError",
          message: `invalid state: the future is done already (${named})`,
        });
        yield* sleep(1);
      });
    });
  }
}

test("the result of a pending future is an InvalidStateError that says what to do", () => {
  onLoop(function* ({ loop }) {
    const future = loop.createFuture();
    assert.throws(() => future.result(), {
      name: "InvalidStateError",
      message: "Result is not ready: await the future, or ask done() first",
    });
    future.setResult("still usable");
    assert.equal(yield* future, "still usable");
  });
});

test("the exception of a pending future is an InvalidStateError that says what to do", () => {
  onLoop(function* ({ loop }) {
    assert.throws(() => loop.createFuture().exception(), {
      name: "InvalidStateError",
      message: "Exception is not set: await the future, or ask done() first",
    });
    yield* sleep(1);
  });
});

test("awaiting a future of another loop is a RuntimeError where it is awaited", () => {
  onLoop(function* () {
    const other = new EventLoop({ host: new VirtualHost() });
    const foreign = new Future<void>({ loop: other });
    const error = { name: "RuntimeError", message: /got a Future attached to a different loop: <Future pending>/ };
    try {
      yield* foreign;
      assert.fail("it was awaited");
    } catch (thrown) {
      assert.throws(() => {
        throw thrown;
      }, error);
    }
    try {
      yield foreign;
      assert.fail("it was awaited");
    } catch (thrown) {
      assert.throws(() => {
        throw thrown;
      }, error);
    }
    other.close();
    assert.equal(yield* sleep(1, "goes on"), "goes on");
  });
});

test("yield* of a future outside of a task is a RuntimeError that says what to write", () => {
  onLoop(function* ({ loop, trace }) {
    const future = loop.createFuture<void>();
    loop.callSoon(() => {
      const generator = (function* () {
        yield* future;
      })();
      assert.throws(() => generator.next(), {
        name: "RuntimeError",
        message: /outside of a task.*plain code uses `await`/s,
      });
      trace.add("refused");
    });
    yield;
    trace.assertIs(["refused"]);
  });
});

test("wrapFuture refuses what is not a promise", () => {
  onLoop(function* () {
    assert.throws(() => wrapFuture(5 as never), { name: "TypeError", message: "wrapFuture expects a promise, got 5" });
    assert.throws(() => wrapFuture({} as never), { name: "TypeError" });
    yield* sleep(1);
  });
});

test("settling a future that somebody waits for on a closed loop is a RuntimeError, and the future is settled", () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  const futures = [loop.createFuture<string>(), loop.createFuture<string>()];
  futures[0]!.addDoneCallback(() => assert.fail("a closed loop calls nothing"));
  void gather([futures[1]!]);
  loop.close();
  for (const future of futures) {
    assert.throws(() => future.setResult("too late"), { name: "RuntimeError", message: /^Event loop is closed/ });
    assert.equal(future.result(), "too late");
  }
});

test("settling a future that nobody waits for is no use of a closed loop", () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  const future = loop.createFuture<string>();
  loop.close();
  future.setResult("nobody is told");
  assert.equal(future.result(), "nobody is told");
});

test("addDoneCallback to a future that is done on a closed loop is a RuntimeError", () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  const future = loop.createFuture<void>();
  future.setResult();
  loop.close();
  assert.throws(() => future.addDoneCallback(() => {}), { name: "RuntimeError", message: /^Event loop is closed/ });
});
