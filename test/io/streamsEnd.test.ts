// How connections of streams end, and what their two sides are told, as in asyncio.
import assert from "node:assert/strict";
import { createServer, type AddressInfo, type Server as HostServer, type Socket } from "node:net";
import { test } from "node:test";
import {
  CancelledError,
  ConnectionRefusedError,
  ConnectionResetError,
  createTask,
  IncompleteReadError,
  isCancelled,
  OSError,
  sleep,
  type Coroutine,
  type Steps,
} from "../../bindings/index.js";
import { openConnection, startServer, type StreamReader, type StreamWriter } from "../../bindings/io.js";
import { failureOf } from "../support/failureOf.js";
import { connected, echo, LOCALHOST, onNetwork, portOf } from "./connectedStreams.js";
import { bytes, text } from "./text.js";

/** A server of the host that does `serve` with each socket. */
async function withHostServer(serve: (socket: Socket) => void, body: (port: number) => Steps<void>): Promise<void> {
  const server: HostServer = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, LOCALHOST, resolve));
  try {
    assert.deepEqual(await onNetwork(() => body((server.address() as AddressInfo).port)), []);
  } finally {
    server.close();
  }
}

test("refused: ConnectionRefusedError with the host's code", async () => {
  await onNetwork(function* () {
    const server = yield* startServer(echo, LOCALHOST, 0);
    const port = portOf(server);
    server.close();
    yield* server.waitClosed();
    const error = yield* failureOf(openConnection(LOCALHOST, port));
    assert.ok(error instanceof ConnectionRefusedError);
    assert.ok(error instanceof OSError);
    assert.equal(error.code, "ECONNREFUSED");
  });
});

test("reset by peer: the waiting read, later reads, drain and waitClosed raise ConnectionResetError", async () => {
  await withHostServer(
    (socket) => socket.on("error", () => {}).once("data", () => socket.resetAndDestroy()),
    function* (port) {
      const [reader, writer] = yield* openConnection(LOCALHOST, port);
      writer.write(bytes("x"));
      const error = yield* failureOf(reader.read());
      assert.ok(error instanceof ConnectionResetError);
      assert.equal(error.code, "ECONNRESET");
      assert.equal(reader.exception(), error);
      for (const later of [reader.readline(), writer.drain(), writer.waitClosed()]) {
        assert.equal(yield* failureOf(later), error);
      }
    },
  );
});

test("dropped mid-frame: readexactly raises IncompleteReadError with what came", async () => {
  await withHostServer(
    (socket) => void socket.end("12345"),
    function* (port) {
      const [reader, writer] = yield* openConnection(LOCALHOST, port);
      const error = yield* failureOf(reader.readexactly(10));
      assert.ok(error instanceof IncompleteReadError);
      assert.equal(text(error.partial), "12345");
      assert.equal(error.expected, 10);
      writer.close();
    },
  );
});

test("write after close is dropped, and drain raises ConnectionResetError", async () => {
  await connected(echo, function* (_reader, writer) {
    writer.close();
    assert.ok(writer.isClosing());
    writer.write(bytes("late"));
    yield* writer.waitClosed();
    const error = yield* failureOf(writer.drain());
    assert.ok(error instanceof ConnectionResetError);
    assert.equal(error.message, "Connection lost");
  });
});

test("close sends what is buffered first, and waitClosed waits for that", async () => {
  let received = 0;
  const size = 4_000_000;
  function* count(reader: StreamReader, writer: StreamWriter): Steps<void> {
    received = (yield* reader.read()).length;
    writer.close();
  }
  await connected(count, function* (_reader, writer) {
    writer.write(new Uint8Array(size));
    writer.close();
    yield* writer.waitClosed();
    yield* sleep(50);
    assert.equal(received, size);
  });
});

test("closing one's own side ends one's own reads without an error", async () => {
  await connected(echo, function* (reader, writer) {
    const reading = createTask(reader.read());
    yield;
    writer.close();
    assert.equal((yield* reading).length, 0);
    yield* writer.waitClosed();
  });
});

test("a server closed with clients connected leaves their connections alone", async () => {
  await connected(echo, function* (reader, writer, server) {
    writer.write(bytes("before\n"));
    assert.equal(text(yield* reader.readline()), "before\n");
    const port = portOf(server);
    server.close();
    writer.write(bytes("after\n"));
    assert.equal(text(yield* reader.readline()), "after\n");
    assert.ok((yield* failureOf(openConnection(LOCALHOST, port))) instanceof ConnectionRefusedError);
  });
});

test("closeClients ends the streams of those connected", async () => {
  await connected(echo, function* (reader, writer, server) {
    writer.write(bytes("hello\n"));
    yield* reader.readline();
    server.closeClients();
    assert.equal((yield* reader.read()).length, 0);
  });
});

test("cancelled while connecting: nothing is left open", async () => {
  await withHostServer(
    (socket) => socket.on("error", () => {}),
    function* (port) {
      const connecting = createTask(openConnection(LOCALHOST, port));
      yield;
      connecting.cancel();
      assert.ok((yield* failureOf(connecting)) instanceof CancelledError);
    },
  );
});

test("a signal that aborts cancels the attempt to connect; its reason is the cause", async () => {
  await withHostServer(
    (socket) => socket.on("error", () => {}),
    function* (port) {
      const reason = new Error("enough");
      const controller = new AbortController();
      const connecting = createTask(openConnection(LOCALHOST, port, { signal: controller.signal }));
      yield;
      controller.abort(reason);
      const error = yield* failureOf(connecting);
      assert.ok(isCancelled(error));
      assert.equal(error.cause, reason);
    },
  );
});

test("a signal that aborts after the connection was made does nothing", async () => {
  await connected(echo, function* (_reader, _writer, server) {
    const controller = new AbortController();
    const [reader, writer] = yield* openConnection(LOCALHOST, portOf(server), { signal: controller.signal });
    controller.abort();
    writer.write(bytes("still here\n"));
    assert.equal(text(yield* reader.readline()), "still here\n");
    writer.close();
  });
});

test("cancelled in read, readexactly, readuntil and waitClosed: the streams go on", async () => {
  await connected(echo, function* (reader, writer) {
    for (const waiting of [reader.read(1), reader.readexactly(4), reader.readline(), writer.waitClosed()]) {
      const task = createTask(waiting as Coroutine<unknown>);
      yield* sleep(2);
      task.cancel();
      assert.ok((yield* failureOf(task)) instanceof CancelledError);
    }
    writer.write(bytes("still here\n"));
    assert.equal(text(yield* reader.readline()), "still here\n");
  });
});

test("a limit that is none, and a callback that is none, are refused at the call", async () => {
  await onNetwork(function* () {
    assert.throws(() => openConnection(LOCALHOST, 1, { limit: 0 }), /ValueError/);
    assert.throws(() => openConnection(LOCALHOST, 1, { signal: 5 as never }), TypeError);
    assert.throws(() => startServer(5 as never, LOCALHOST, 0), TypeError);
    yield;
  });
});
