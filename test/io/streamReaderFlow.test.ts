// asyncio's flow control on the reading side: pause above twice the limit, resume at the limit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, RuntimeError } from "../../bindings/index.js";
import { StreamReader } from "../../bindings/io/streams/reader.js";
import { failureOf } from "../support/failureOf.js";
import { onLoop } from "../support/onLoop.js";
import { bytes } from "./text.js";

/** Notes what it is asked for. */
class Transport {
  readonly calls: string[] = [];

  pauseReading(): void {
    this.calls.push("pause");
  }

  resumeReading(): void {
    this.calls.push("resume");
  }
}

function connected(limit: number): { reader: StreamReader; transport: Transport } {
  const reader = new StreamReader(limit);
  const transport = new Transport();
  reader.setTransport(transport);
  return { reader, transport };
}

test("a reader pauses its transport above twice the limit, once, and resumes it at the limit", () => {
  onLoop(function* () {
    const { reader, transport } = connected(4);
    reader.feedData(bytes("12345678"));
    assert.deepEqual(transport.calls, []);
    reader.feedData(bytes("9"));
    reader.feedData(bytes("a"));
    assert.deepEqual(transport.calls, ["pause"]);
    yield* reader.read(5);
    assert.deepEqual(transport.calls, ["pause"]);
    yield* reader.read(1);
    assert.deepEqual(transport.calls, ["pause", "resume"]);
  });
});

test("a read that has to wait resumes a paused transport, whatever the limit", () => {
  onLoop(function* ({ loop }) {
    const { reader, transport } = connected(2);
    reader.feedData(bytes("12345"));
    loop.callLater(1, () => reader.feedData(bytes("67890")));
    yield* reader.readexactly(10);
    assert.deepEqual(transport.calls, ["pause", "resume", "pause", "resume"]);
  });
});

test("a line that is too long and thrown away resumes the transport", () => {
  onLoop(function* () {
    const { reader, transport } = connected(2);
    reader.feedData(bytes("123456"));
    yield* failureOf(reader.readline());
    assert.deepEqual(transport.calls, ["pause", "resume"]);
  });
});

test("a paused transport stays paused while a message found is longer than the limit", () => {
  onLoop(function* () {
    const { reader, transport } = connected(2);
    reader.feedData(bytes("1234\n6"));
    yield* failureOf(reader.readuntil());
    assert.deepEqual(transport.calls, ["pause"]);
    yield* reader.read(4);
    assert.deepEqual(transport.calls, ["pause", "resume"]);
  });
});

test("a reader has one transport for its lifetime", () => {
  onLoop(function* () {
    const { reader } = connected(2);
    assert.throws(() => reader.setTransport(new Transport()), RuntimeError);
  });
});

test("data wakes the waiting read in the next iteration, not in place", () => {
  onLoop(function* ({ loop, trace }) {
    const { reader } = connected(9);
    const reading = createTask(function* () {
      trace.add(`read ${(yield* reader.read(9)).length}`);
    });
    yield;
    reader.feedData(bytes("ab"));
    loop.callSoon(trace.adder("after"));
    reader.feedData(bytes("c"));
    trace.add("fed");
    yield* reading;
    trace.assertIs(["fed", "read 3", "after"]);
  });
});
