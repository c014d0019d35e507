import assert from "node:assert/strict";
import { test } from "node:test";
import { coroutine, currentTask, Future, sleep, ValueError, type EventLoop, type Task } from "../../bindings/index.js";
import { asyncToGenerator as eagerly } from "../../bindings/async/eager.js";
import { asyncToGenerator as lazily } from "../../bindings/async/lazy.js";
import { StreamReader } from "../../bindings/io/streams/reader.js";
import { StreamReaderProtocol, type ClientConnected } from "../../bindings/io/streams/readerProtocol.js";
import { StreamWriter } from "../../bindings/io/streams/writer.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";
import { ScriptedTransport } from "./scriptedTransport.js";
import { bytes, text } from "./text.js";

function accept(
  loop: EventLoop,
  callback: ClientConnected,
): { protocol: StreamReaderProtocol; transport: ScriptedTransport } {
  const protocol = new StreamReaderProtocol(new StreamReader({ loop }), callback);
  const transport = new ScriptedTransport();
  protocol.connectionMade(transport);
  return { protocol, transport };
}

test("the protocol feeds its reader with data, the end, and what the connection was lost by", () => {
  onLoop(function* () {
    const reader = new StreamReader();
    const protocol = new StreamReaderProtocol(reader);
    protocol.connectionMade(new ScriptedTransport());
    protocol.dataReceived(bytes("abc"));
    assert.equal(text(yield* reader.read(9)), "abc");
    assert.equal(protocol.eofReceived(), true);
    assert.ok(reader.atEof());
    const lost = new StreamReader();
    const other = new StreamReaderProtocol(lost);
    const reset = new ValueError("reset");
    other.connectionLost(reset);
    assert.equal(yield* failureOf(lost.read()), reset);
  });
});

test("a connection closed without an error is an end to its reader", () => {
  onLoop(function* () {
    const reader = new StreamReader();
    const protocol = new StreamReaderProtocol(reader);
    protocol.connectionLost(null);
    assert.equal((yield* reader.read()).length, 0);
  });
});

test("the reader pauses and resumes the transport that the protocol was given", () => {
  onLoop(function* ({ loop }) {
    const reader = new StreamReader({ loop, limit: 2 });
    const protocol = new StreamReaderProtocol(reader);
    const transport = new ScriptedTransport();
    protocol.connectionMade(transport);
    protocol.dataReceived(bytes("12345"));
    yield* reader.read(5);
    assert.deepEqual(transport.calls, ["pause", "resume"]);
  });
});

const kinds: Record<string, (done: () => void) => ClientConnected> = {
  "a coroutine function": (done) =>
    coroutine(function* (_reader: StreamReader, _writer: StreamWriter) {
      yield* sleep(1);
      done();
    }),
  "a generator function": (done) =>
    function* () {
      yield* sleep(1);
      done();
    },
  "an async function": (done) => async () => {
    await sleep(1);
    done();
  },
  "an async function compiled to lazy calls": (done) =>
    lazily(function* () {
      yield sleep(1);
      done();
    }),
  "an async function compiled to eager calls": (done) =>
    eagerly(function* () {
      yield sleep(1);
      done();
    }),
};

for (const [kind, make] of Object.entries(kinds)) {
  test(`${kind} is called with the streams of each connection, and runs as a task`, async () => {
    await onHostLoop(async ({ loop, trace }) => {
      const { transport } = accept(loop, make(trace.adder("served")));
      await sleep(5);
      trace.assertIs(["served"]);
      assert.deepEqual(transport.calls, []);
    });
  });

  test(`what ${kind} fails with is reported, and the connection closed`, async () => {
    await onHostLoop(async (stage) => {
      const failure = new ValueError("broken");
      const { transport } = accept(
        stage.loop,
        make(() => {
          throw failure;
        }),
      );
      await sleep(5);
      const [report, ...more] = stage.takeReports();
      assert.deepEqual(more, []);
      assert.equal(report?.message, "Unhandled exception in client_connected_cb");
      assert.equal(report?.exception, failure);
      assert.equal(report?.transport, transport);
      assert.deepEqual(transport.calls, ["close"]);
    });
  });
}

test("a plain function is called in place, and its result means nothing", () => {
  onLoop(function* ({ loop, trace }) {
    const { transport } = accept(loop, (reader, writer) => {
      assert.ok(reader instanceof StreamReader && writer instanceof StreamWriter);
      trace.add("called");
      return new Future<never>();
    });
    trace.assertIs(["called"]);
    yield;
    assert.deepEqual(transport.calls, []);
  });
});

test("a callback's task that was cancelled closes its connection, and nothing is reported", () => {
  onLoop(function* ({ loop }) {
    let serving: Task<unknown> | null = null;
    const { transport } = accept(loop, function* () {
      serving = currentTask();
      yield* sleep(1000);
    });
    yield;
    serving!.cancel();
    yield* sleep(5);
    assert.deepEqual(transport.calls, ["close"]);
  });
});

test("an async callback knows its loop after its awaits", async () => {
  await onHostLoop(async ({ loop }) => {
    const found = new Future<EventLoop>();
    accept(loop, async () => {
      await sleep(1);
      found.setResult(new Future().getLoop());
    });
    assert.equal(await found, loop);
  });
});

test("a callback that is no function is refused", () => {
  onLoop(function* () {
    assert.throws(() => new StreamReaderProtocol(new StreamReader(), 5 as never), TypeError);
  });
});
