// Compiled functions on a loop whose subclass schedules callbacks itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asyncToGenerator as eagerly } from "../../bindings/async/eager.js";
import { run } from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import { CountingLoop } from "../loop/otherLoops.js";

const PASSES = 20;

const givingWay = eagerly(function* () {
  for (let i = 0; i < PASSES; i++) yield null;
});

test("each pass of a compiled function goes through the subclass that schedules callbacks", async () => {
  const loop = new CountingLoop({ host: new VirtualHost() });
  let made = 0;
  await run(
    function* () {
      const before = loop.soon;
      yield givingWay();
      made = loop.soon - before;
    },
    { loopFactory: () => loop },
  );
  assert.ok(made >= PASSES, `${made} callbacks for ${PASSES} passes`);
});
