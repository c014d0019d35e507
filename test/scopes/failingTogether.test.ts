// Many children of one group that fail in the same iteration: each takes a turn of the loop, in its own place.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ExceptionGroup, sleep, taskGroup } from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { assertConsistent, onLoop } from "../support/onLoop.js";

test("I-RR3: a group of which several children fail at once stands in the ring once", () => {
  onLoop(function* ({ loop }) {
    const body = taskGroup(function* (group) {
      for (let i = 0; i < 10; i++) {
        group.createTask(function* () {
          yield* sleep(0);
          loop.callSoon(() => assertConsistent(loop));
          throw new Error(String(i));
        });
      }
    });
    const error = yield* failureOf(body);
    assert.deepEqual(
      (error as ExceptionGroup).errors.map((each) => (each as Error).message),
      Array.from({ length: 10 }, (_, i) => String(i)),
    );
  });
});

test("more children may fail at once, each with a callback set before, than the ring has places for at first", () => {
  onLoop(function* ({ loop }) {
    let called = 0;
    const body = taskGroup(function* (group) {
      for (let i = 0; i < 1000; i++) {
        group.createTask(function* () {
          yield* sleep(0);
          loop.callSoon(() => called++);
          throw new Error(String(i));
        });
      }
    });
    const error = yield* failureOf(body);
    assert.equal((error as ExceptionGroup).errors.length, 1000);
    assert.equal(called, 1000);
  });
});
