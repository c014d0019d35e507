// In debug mode a loop refuses what is not thread-safe from inside another loop's step. Loops share a thread here, but
// nothing wakes the other loop's program in its own order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { copyContext, EventLoop, run, runCoroutineThreadsafe, sleep, wrapFuture } from "../../bindings/index.js";
import { onLoop } from "../support/onLoop.js";
import { QuietHost } from "../support/quietHost.js";

const USES = {
  callSoon: (loop) => loop.callSoon(() => {}),
  callSoonIn: (loop) => loop.callSoonIn(copyContext(), () => {}),
  callLater: (loop) => loop.callLater(1, () => {}),
  callAt: (loop) => loop.callAt(1, () => {}),
  createTask: (loop) => loop.createTask(sleep(1)),
} satisfies Record<string, (loop: EventLoop) => unknown>;

for (const [name, use] of Object.entries(USES)) {
  test(`${name} of a debug loop from inside another loop's step is a RuntimeError that says what to use`, () => {
    const other = new EventLoop({ host: new QuietHost(), debug: true });
    onLoop(function* () {
      assert.throws(() => use(other), {
        name: "RuntimeError",
        message: /^Non-thread-safe operation .* use callSoonThreadsafe or runCoroutineThreadsafe$/,
      });
      yield;
    });
    other.close();
  });

  test(`${name} of a loop without debug mode is let through`, () => {
    const other = new EventLoop({ host: new QuietHost() });
    onLoop(function* () {
      use(other);
      yield;
    });
    other.close();
  });

  test(`${name} of a debug loop is let through in its own steps and outside of every loop`, async () => {
    const own = new EventLoop({ host: new QuietHost(), debug: true });
    use(own);
    await run(
      function* () {
        use(own);
        yield* sleep(2);
      },
      { loopFactory: () => own },
    );
  });
}

test("callSoonThreadsafe of another debug loop is let through", async () => {
  const other = new EventLoop({ host: new QuietHost(), debug: true });
  const called: string[] = [];
  onLoop(function* () {
    other.callSoonThreadsafe(() => called.push("called"));
    yield;
  });
  await other.runUntilComplete(sleep(1));
  assert.deepEqual(called, ["called"]);
  other.close();
});

test("runCoroutineThreadsafe onto another debug loop is let through", async () => {
  const other = new EventLoop({ debug: true });
  const until = other.createFuture<void>();
  const running = other.runUntilComplete(until);
  const result = await run(function* () {
    return yield* wrapFuture(runCoroutineThreadsafe(sleep(1, "from the other loop"), other));
  });
  assert.equal(result, "from the other loop");
  other.callSoonThreadsafe(() => until.setResult());
  await running;
  other.close();
});
