// Errors of a protocol: reported as "Fatal error: …" with transport and protocol, and the connection is lost by them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { OSError } from "../../bindings/index.js";
import { BufferedProtocol, type Protocol } from "../../bindings/io.js";
import { bytes, portOf, Recorder, withIo } from "../support/ioStage.js";

class Mistake extends Error {}

test("data_received raises: reported once, connection_lost gets the error", () =>
  withIo(function* (stage) {
    class Broken extends Recorder {
      override dataReceived(): void {
        throw new Mistake("oops");
      }
    }
    const server = new Broken(stage, "server");
    const { serverSide, clientSide } = yield* stage.pair(server, stage.recorder("client"));
    clientSide.write(bytes("x"));
    assert.ok((yield* server.lost) instanceof Mistake);
    const [report, ...more] = stage.takeReports();
    assert.equal(report!.message, "Fatal error: protocol.dataReceived() call failed.");
    assert.equal(report!.transport, serverSide);
    assert.equal(report!.protocol, server);
    assert.deepEqual(more, []);
  }));

test("data_received raises an OSError: not reported, as in asyncio, and connection_lost gets it", () =>
  withIo(function* (stage) {
    class Broken extends Recorder {
      override dataReceived(): void {
        throw new OSError("the disk is full", { code: "ENOSPC" });
      }
    }
    const server = new Broken(stage, "server");
    const { clientSide } = yield* stage.pair(server, stage.recorder("client"));
    clientSide.write(bytes("x"));
    assert.equal(((yield* server.lost) as OSError).code, "ENOSPC");
  }));

test("eof_received raises: reported, connection_lost gets the error", () =>
  withIo(function* (stage) {
    class Broken extends Recorder {
      override eofReceived(): void {
        throw new Mistake("oops");
      }
    }
    const server = new Broken(stage, "server");
    const { clientSide } = yield* stage.pair(server, stage.recorder("client"));
    clientSide.close();
    assert.ok((yield* server.lost) instanceof Mistake);
    assert.equal(stage.takeReports()[0]!.message, "Fatal error: protocol.eofReceived() call failed.");
  }));

for (const [what, makeBuffer, message] of [
  ["raises", () => assert.fail("oops"), "Fatal error: protocol.getBuffer() call failed."],
  ["gives an empty buffer", () => new Uint8Array(0), "Fatal error: protocol.getBuffer() call failed."],
  [
    "is followed by a buffer_updated that raises",
    () => new Uint8Array(9),
    "Fatal error: protocol.bufferUpdated() call failed.",
  ],
] as const) {
  test(`get_buffer ${what}: reported, and the connection is lost`, () =>
    withIo(function* (stage) {
      const lost = stage.loop.createFuture<Error | null>();
      class Broken extends BufferedProtocol {
        override getBuffer(): Uint8Array {
          return makeBuffer();
        }
        override bufferUpdated(): void {
          throw new Mistake("oops");
        }
        override connectionLost(error: Error | null): void {
          lost.setResult(error);
        }
      }
      const server = yield* stage.loop.createServer(() => new Broken(), "127.0.0.1", 0);
      const [client] = yield* stage.loop.createConnection(() => stage.recorder("client"), "127.0.0.1", portOf(server));
      client.write(bytes("x"));
      assert.ok((yield* lost) instanceof Error);
      assert.equal(stage.takeReports()[0]!.message, message);
      server.close();
    }));
}

test("connection_made raises: reported by its handle, and the connection stands", () =>
  withIo(function* (stage) {
    class Broken extends Recorder {
      override connectionMade(transport: Parameters<Protocol["connectionMade"]>[0]): void {
        super.connectionMade(transport as Recorder["transport"]);
        throw new Mistake("oops");
      }
    }
    const server = new Broken(stage, "server");
    const listening = yield* stage.serve(() => server);
    const [client] = yield* stage.loop.createConnection(() => stage.recorder("client"), "127.0.0.1", portOf(listening));
    client.write(bytes("hello"));
    yield* server.until(5);
    client.close();
    listening.close();
    yield* server.lost;
    const [report] = stage.takeReports();
    assert.match(report!.message, /^Exception in callback/);
    assert.ok(report!.exception instanceof Mistake);
  }));

test("connection_lost raises: reported, and the transport is closed all the same", () =>
  withIo(function* (stage) {
    class Broken extends Recorder {
      override connectionLost(error: Error | null): void {
        super.connectionLost(error);
        throw new Mistake("oops");
      }
    }
    const server = new Broken(stage, "server");
    const { serverSide } = yield* stage.pair(server, stage.recorder("client"));
    serverSide.close();
    yield* server.lost;
    assert.equal(serverSide.getProtocol(), null);
    assert.ok(stage.takeReports()[0]!.exception instanceof Mistake);
  }));

test("pause_writing and resume_writing raise: reported, and nothing else happens", () =>
  withIo(function* (stage) {
    class Broken extends Recorder {
      override pauseWriting(): void {
        throw new Mistake("pause");
      }
      override resumeWriting(): void {
        throw new Mistake("resume");
      }
    }
    const client = new Broken(stage, "client");
    const server = stage.recorder("server");
    const { clientSide } = yield* stage.pair(server, client);
    const size = 8 << 20;
    clientSide.write(new Uint8Array(size));
    yield* server.until(size);
    clientSide.close();
    yield* server.lost;
    assert.deepEqual(
      stage.takeReports().map(({ message }) => message),
      ["protocol.pauseWriting() failed", "protocol.resumeWriting() failed"],
    );
  }));
