// The ways to switch debug mode on and off.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EventLoop, getRunningLoop, run, Runner, sleep } from "../../bindings/index.js";
import { runVirtual, VirtualHost } from "../../bindings/testing.js";
import { onDebugLoop } from "./onDebugLoop.js";

test("a loop is not in debug mode unless it is asked to be", () => {
  for (const [options, expected] of [
    [{}, false],
    [{ debug: false }, false],
    [{ debug: true }, true],
  ] as const) {
    const loop = new EventLoop(options);
    assert.equal(loop.getDebug(), expected);
    loop.close();
  }
});

test("setDebug switches debug mode while the loop runs as well: off at once, on from the next slice", async () => {
  const { logged } = await onDebugLoop(function* ({ loop, host }) {
    const crunch = (): void => host.advance(150);
    loop.setDebug(false);
    assert.equal(loop.getDebug(), false);
    yield;
    loop.callSoon(crunch);
    yield;
    loop.setDebug(true);
    assert.equal(loop.getDebug(), true);
    host.logged.push("switched on");
    yield* sleep(1);
    loop.callSoon(crunch);
    yield;
  });
  assert.deepEqual(
    logged.map((text) => text.split("\n")[0]),
    ["switched on", "Executing <Handle function crunch> took 150.0 ms"],
  );
});

for (const debug of [true, false]) {
  test(`run({ debug: ${debug} }) overrides what the loop's factory chose`, async () => {
    const loop = new EventLoop({ host: new VirtualHost(), debug: !debug });
    assert.equal(await run(() => getRunningLoop().getDebug(), { debug, loopFactory: () => loop }), debug);
  });

  test(`Runner({ debug: ${debug} }) overrides what the loop's factory chose`, async () => {
    const runner = new Runner({ debug, loopFactory: () => new EventLoop({ host: new VirtualHost(), debug: !debug }) });
    assert.equal(runner.getLoop().getDebug(), debug);
    assert.equal(await runner.run(() => getRunningLoop().getDebug()), debug);
    await runner.close();
  });

  test(`runVirtual({ debug: ${debug} }) runs on a loop with that mode`, () => {
    assert.equal(
      runVirtual(() => getRunningLoop().getDebug(), { debug }),
      debug,
    );
  });

  test(`without a debug option run and Runner leave the mode at ${debug}, as the factory made it`, async () => {
    const loopFactory = (): EventLoop => new EventLoop({ host: new VirtualHost(), debug });
    assert.equal(await run(() => getRunningLoop().getDebug(), { loopFactory }), debug);
    const runner = new Runner({ loopFactory });
    assert.equal(runner.getLoop().getDebug(), debug);
    await runner.close();
  });
}
