// What becomes of a fault of the core: an InternalError that asks for a report, never a silent stop.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HEADER_HEAP_BASE, HEADER_HEAP_LENGTH, HEADER_VERSION } from "../../assembly/codes.js";
import { EventLoop, getRunningLoop, InternalError, sleep } from "../../bindings/index.js";
import { runVirtual, VirtualHost } from "../../bindings/testing.js";
import { Core } from "../../bindings/wasm/core.js";
import { coreName } from "../support/core.js";
import { testWhere } from "../support/testWhere.js";

/** Makes the tick after this iteration read outside of memory. */
function corrupt(loop: EventLoop): void {
  loop.callAt(0, () => {});
  loop._core.words[HEADER_HEAP_BASE] = 0x1fff_ffff;
  loop._core.words[HEADER_HEAP_LENGTH] = 1;
}

const ASKS_FOR_REPORT = /^the WebAssembly core stopped with fault .* bug in wasyncio: please report it/;

test("a trap of the core makes the run reject with an InternalError", async () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  const end = loop.runUntilComplete(
    (function* () {
      corrupt(loop);
      yield;
    })(),
  );
  await assert.rejects(end, (error) => {
    assert.ok(error instanceof InternalError);
    assert.match(error.message, ASKS_FOR_REPORT);
    assert.ok(error.cause instanceof WebAssembly.RuntimeError);
    return true;
  });
  assert.equal(loop.isRunning(), false);
});

test("a trap of the core is thrown from runVirtual as an InternalError", () => {
  const stop = (): void =>
    runVirtual(function* () {
      corrupt(getRunningLoop());
      yield;
    });
  assert.throws(stop, { name: "InternalError", message: ASKS_FOR_REPORT });
});

test("another loop is not touched by the fault of one", () => {
  const broken = new EventLoop({ host: new VirtualHost() });
  corrupt(broken);
  assert.equal(runVirtual(sleep(1, "goes on")), "goes on");
});

testWhere(coreName !== "release", "release has no checks", "a fault of the checked core is named", () => {
  const core = new Core();
  let trap: unknown;
  try {
    core.exports.slotFree(0);
  } catch (error) {
    trap = error;
  }
  const fault = core.fault(trap);
  assert.ok(fault instanceof InternalError);
  assert.match(fault.message, /^the WebAssembly core stopped with fault 2 \(slot out of range\)/);
});

test("an error that is no trap comes back from fault() as it is", () => {
  const error = new RangeError("not the core's");
  assert.equal(new Core().fault(error), error);
});

test("the core speaks the version of the ABI that the bindings expect", () => {
  assert.equal(new Core().words[HEADER_VERSION], 2);
});
