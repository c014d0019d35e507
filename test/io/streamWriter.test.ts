import assert from "node:assert/strict";
import { test } from "node:test";
import { CancelledError, createTask, sleep, ValueError, type EventLoop } from "../../bindings/index.js";
import { ConnectionResetError } from "../../bindings/errors/osErrors.js";
import { StreamReader } from "../../bindings/io/streams/reader.js";
import { StreamReaderProtocol } from "../../bindings/io/streams/readerProtocol.js";
import { StreamWriter } from "../../bindings/io/streams/writer.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";
import { ScriptedTransport } from "./scriptedTransport.js";
import { bytes } from "./text.js";

interface Connected {
  readonly transport: ScriptedTransport;
  readonly protocol: StreamReaderProtocol;
  readonly reader: StreamReader;
  readonly writer: StreamWriter;
}

function connected(loop: EventLoop): Connected {
  const reader = new StreamReader({ loop });
  const protocol = new StreamReaderProtocol(reader, null, { loop });
  const transport = new ScriptedTransport({ peername: { address: "::1", port: 7, family: "IPv6" } });
  protocol.connectionMade(transport);
  return { transport, protocol, reader, writer: new StreamWriter(transport, protocol, reader, loop) };
}

test("a writer passes what it is asked for on to its transport", () => {
  onLoop(function* ({ loop }) {
    const { writer, transport } = connected(loop);
    writer.write(bytes("a"));
    writer.writelines([bytes("b"), bytes("c")]);
    assert.ok(writer.canWriteEof());
    writer.writeEof();
    assert.equal(writer.isClosing(), false);
    writer.close();
    assert.equal(writer.isClosing(), true);
    assert.deepEqual(transport.calls, ["write a", "writelines b|c", "writeEof", "close"]);
    assert.equal(writer.transport, transport);
    assert.deepEqual(writer.getExtraInfo("peername"), { address: "::1", port: 7, family: "IPv6" });
    assert.equal(writer.getExtraInfo("socket"), null);
    assert.equal(writer.getExtraInfo("socket", "none"), "none");
  });
});

test("drain does not suspend while the transport takes more", () => {
  onLoop(function* ({ loop, trace }) {
    const { writer } = connected(loop);
    loop.callSoon(trace.adder("next iteration"));
    yield* writer.drain();
    trace.add("drained");
    yield;
    trace.assertIs(["drained", "next iteration"]);
  });
});

test("drain waits from pauseWriting to resumeWriting, and several may", () => {
  onLoop(function* ({ loop, trace }) {
    const { writer, protocol } = connected(loop);
    protocol.pauseWriting();
    const drain = function* (name: string) {
      yield* writer.drain();
      trace.add(name);
    };
    const tasks = [createTask(drain("first")), createTask(drain("second"))];
    yield* sleep(10);
    trace.add("resuming");
    protocol.resumeWriting();
    for (const task of tasks) yield* task;
    trace.assertIs(["resuming", "first", "second"]);
  });
});

test("drain raises what the reader failed with", () => {
  onLoop(function* ({ loop }) {
    const { writer, reader } = connected(loop);
    const broken = new ValueError("broken");
    reader.setException(broken);
    assert.equal(yield* failureOf(writer.drain()), broken);
  });
});

test("drain raises ConnectionResetError once the connection is lost", () => {
  onLoop(function* ({ loop }) {
    const { writer, protocol } = connected(loop);
    protocol.connectionLost(null);
    const error = yield* failureOf(writer.drain());
    assert.ok(error instanceof ConnectionResetError);
    assert.equal(error.message, "Connection lost");
  });
});

test("drain of a closing transport passes once through the loop, so that a loss is noticed", () => {
  onLoop(function* ({ loop, trace }) {
    const { writer, protocol } = connected(loop);
    writer.close();
    loop.callSoon(trace.adder("next iteration"));
    yield* writer.drain();
    trace.add("drained");
    loop.callSoon(() => protocol.connectionLost(null));
    assert.ok((yield* failureOf(writer.drain())) instanceof ConnectionResetError);
    trace.assertIs(["next iteration", "drained"]);
  });
});

test("a loss while drain waits ends it: without an error it returns, else it raises that", () => {
  onLoop(function* ({ loop }) {
    for (const loss of [null, new ConnectionResetError("reset")]) {
      const { writer, protocol } = connected(loop);
      protocol.pauseWriting();
      const draining = createTask(writer.drain());
      yield;
      protocol.connectionLost(loss);
      if (loss === null) yield* draining;
      else assert.equal(yield* failureOf(draining), loss);
    }
  });
});

test("a cancelled drain leaves the others waiting", () => {
  onLoop(function* ({ loop }) {
    const { writer, protocol } = connected(loop);
    protocol.pauseWriting();
    const cancelled = createTask(writer.drain());
    const other = createTask(writer.drain());
    yield;
    cancelled.cancel();
    assert.ok((yield* failureOf(cancelled)) instanceof CancelledError);
    assert.equal(other.done(), false);
    protocol.resumeWriting();
    yield* other;
  });
});

test("a drain cancelled in its pass through the loop ends cancelled", () => {
  onLoop(function* ({ loop }) {
    const { writer } = connected(loop);
    writer.close();
    const draining = createTask(writer.drain());
    yield;
    draining.cancel();
    assert.ok((yield* failureOf(draining)) instanceof CancelledError);
  });
});

test("waitClosed waits for the connection's end, and raises what it was lost by", () => {
  onLoop(function* ({ loop }) {
    const good = connected(loop);
    loop.callLater(5, () => good.protocol.connectionLost(null));
    yield* good.writer.waitClosed();
    assert.equal(loop.time(), 5);
    const bad = connected(loop);
    const reset = new ConnectionResetError("reset");
    bad.protocol.connectionLost(reset);
    assert.equal(yield* failureOf(bad.writer.waitClosed()), reset);
  });
});

test("a loss that nobody waits for is not reported", () => {
  onLoop(function* ({ loop }) {
    connected(loop).protocol.connectionLost(new ConnectionResetError("reset"));
    yield;
  });
});

test("a writer awaits natively as well", async () => {
  await onHostLoop(async ({ loop }) => {
    const { writer, protocol } = connected(loop);
    protocol.pauseWriting();
    loop.callLater(3, () => protocol.resumeWriting());
    await writer.drain();
    assert.equal(loop.time(), 3);
    loop.callLater(3, () => protocol.connectionLost(null));
    await writer.waitClosed();
    assert.equal(loop.time(), 6);
  });
});

test("a writer's text names its transport and reader", () => {
  onLoop(function* ({ loop }) {
    const { writer } = connected(loop);
    assert.match(String(writer), /^<StreamWriter transport=.* reader=<StreamReader transport=.*>>$/);
  });
});
