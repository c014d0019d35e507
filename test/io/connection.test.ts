// What a protocol is told about its connection, and in which order: CPython's selector transports are the model.
import assert from "node:assert/strict";
import { test } from "node:test";
import { OSError, sleep } from "../../bindings/index.js";
import { BufferedProtocol, Protocol, ReadTransport, Transport, WriteTransport } from "../../bindings/io.js";
import { bytes, Recorder, text, withIo } from "../support/ioStage.js";

test("connection_made comes first, data_received in order, eof_received, then connection_lost once", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const { clientSide } = yield* stage.pair(server, new Protocol());
    clientSide.write(bytes("one"));
    yield* server.until(3);
    clientSide.write(bytes("two"));
    yield* server.until(6);
    clientSide.close();
    assert.equal(yield* server.lost, null);
    stage.trace.assertIs(["server made", "server data one", "server data two", "server eof", "server lost null"]);
  }));

test("createConnection returns after connection_made, as asyncio's create_connection does", () =>
  withIo(function* (stage) {
    const client = stage.recorder("client");
    const { clientSide } = yield* stage.pair(new Protocol(), client);
    assert.equal(client.transport, clientSide);
    assert.ok(client.made.done());
    clientSide.close();
    yield* client.lost;
  }));

test("a transport is a ReadTransport and a WriteTransport", () =>
  withIo(function* (stage) {
    const { clientSide } = yield* stage.pair(new Protocol(), new Protocol());
    for (const base of [Transport, ReadTransport, WriteTransport]) assert.ok(clientSide instanceof base, base.name);
    clientSide.close();
  }));

test("bytes arrive as a plain Uint8Array", () =>
  withIo(function* (stage) {
    const got = stage.loop.createFuture<Uint8Array>();
    class First extends Protocol {
      override dataReceived(data: Uint8Array): void {
        got.setResult(data);
      }
    }
    const { clientSide } = yield* stage.pair(new First(), new Protocol());
    clientSide.write(bytes("abc"));
    assert.deepEqual(yield* got, new Uint8Array([97, 98, 99]));
    clientSide.close();
  }));

test("a true result of eof_received keeps the writing half open", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    server.keepsOpen = true;
    const client = stage.recorder("client");
    const { serverSide, clientSide } = yield* stage.pair(server, client);
    clientSide.writeEof();
    yield* server.ended;
    yield* sleep(5);
    assert.equal(serverSide.isClosing(), false);
    serverSide.write(bytes("late answer"));
    assert.equal(yield* client.until(11), "late answer");
    serverSide.close();
    yield* client.lost;
    yield* server.lost;
  }));

test("both halves ended and the transport kept open: connection_lost waits for close()", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    server.keepsOpen = true;
    const client = stage.recorder("client");
    const { serverSide, clientSide } = yield* stage.pair(server, client);
    clientSide.writeEof();
    yield* server.ended;
    serverSide.writeEof();
    yield* client.lost;
    yield* sleep(5);
    assert.equal(server.lost.done(), false);
    serverSide.close();
    assert.equal(yield* server.lost, null);
  }));

test("write_eof after data: the peer gets all of it, then its eof_received", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const { clientSide } = yield* stage.pair(server, new Protocol());
    assert.equal(clientSide.canWriteEof(), true);
    clientSide.write(bytes("all"));
    clientSide.writeEof();
    clientSide.writeEof();
    yield* server.lost;
    stage.trace.assertIs(["server made", "server data all", "server eof", "server lost null"]);
  }));

test("write and writelines after write_eof raise RuntimeError", () =>
  withIo(function* (stage) {
    const { clientSide } = yield* stage.pair(new Protocol(), new Protocol());
    clientSide.writeEof();
    assert.throws(() => clientSide.write(bytes("x")), { name: "RuntimeError", message: /after writeEof/ });
    assert.throws(() => clientSide.writelines([bytes("x")]), { name: "RuntimeError", message: /after writeEof/ });
    clientSide.close();
  }));

test("write takes bytes only, and a string's TypeError names TextEncoder", () =>
  withIo(function* (stage) {
    const { clientSide } = yield* stage.pair(new Protocol(), new Protocol());
    assert.throws(() => clientSide.write("text" as never), { name: "TypeError", message: /TextEncoder/ });
    assert.throws(() => clientSide.write([1] as never), TypeError);
    assert.throws(() => clientSide.writelines([bytes("x"), "y" as never]), TypeError);
    clientSide.close();
  }));

test("writelines writes each part, and nothing at all when one of them is no bytes", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const { clientSide } = yield* stage.pair(server, new Protocol());
    assert.throws(() => clientSide.writelines([bytes("half"), null as never]), TypeError);
    clientSide.writelines([bytes("a"), bytes(""), bytes("bc")]);
    assert.equal(yield* server.until(3), "abc");
    clientSide.close();
  }));

test("close() writes what is buffered before connection_lost(None)", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const client = stage.recorder("client");
    const { serverSide, clientSide } = yield* stage.pair(server, client);
    serverSide.pauseReading();
    const size = 8 << 20;
    clientSide.write(new Uint8Array(size).fill(120));
    assert.ok(clientSide.getWriteBufferSize() > 0);
    clientSide.close();
    yield* sleep(10);
    assert.equal(client.lost.done(), false);
    serverSide.resumeReading();
    assert.equal(yield* client.lost, null);
    yield* server.lost;
    assert.equal(server.received.length, size);
  }));

test("abort() drops what is buffered; the peer sees less, this side connection_lost(None)", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const client = stage.recorder("client");
    const { serverSide, clientSide } = yield* stage.pair(server, client);
    serverSide.pauseReading();
    const size = 16 << 20;
    clientSide.write(new Uint8Array(size));
    clientSide.abort();
    assert.equal(clientSide.getWriteBufferSize(), 0);
    assert.equal(yield* client.lost, null);
    serverSide.resumeReading();
    yield* server.lost;
    assert.ok(server.received.length < size);
  }));

test("after close(): closing, not reading, writes and further closes ignored, the protocol let go", () =>
  withIo(function* (stage) {
    const client = stage.recorder("client");
    const { clientSide } = yield* stage.pair(new Protocol(), client);
    clientSide.close();
    clientSide.close();
    assert.equal(clientSide.isClosing(), true);
    assert.equal(clientSide.isReading(), false);
    assert.equal(client.lost.done(), false, "connection_lost comes by call_soon");
    yield* client.lost;
    for (let i = 0; i < 10; i++) clientSide.write(bytes("nobody reads this"));
    clientSide.writelines([bytes("nor this")]);
    clientSide.abort();
    assert.equal(clientSide.getProtocol(), null);
    stage.trace.assertIs(["client made", "client lost null"]);
  }));

test("pause_reading holds data back, resume_reading delivers it; both may be repeated", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const { serverSide, clientSide } = yield* stage.pair(server, new Protocol());
    serverSide.pauseReading();
    serverSide.pauseReading();
    assert.equal(serverSide.isReading(), false);
    clientSide.write(bytes("held"));
    yield* sleep(10);
    assert.equal(server.received, "");
    serverSide.resumeReading();
    serverSide.resumeReading();
    assert.equal(serverSide.isReading(), true);
    assert.equal(yield* server.until(4), "held");
    clientSide.close();
  }));

test("pausing inside connection_made holds back the first byte, and the end", () =>
  withIo(function* (stage) {
    class Late extends Recorder {
      override connectionMade(transport: Transport): void {
        super.connectionMade(transport);
        transport.pauseReading();
      }
    }
    const server = new Late(stage, "server");
    const { serverSide, clientSide } = yield* stage.pair(server, new Protocol());
    clientSide.write(bytes("first"));
    clientSide.close();
    yield* sleep(10);
    stage.trace.assertIs(["server made"]);
    serverSide.resumeReading();
    yield* server.lost;
    stage.trace.assertIs(["server made", "server data first", "server eof", "server lost null"]);
  }));

test("set_protocol: the new protocol gets what arrives from now on", () =>
  withIo(function* (stage) {
    const first = stage.recorder("first");
    const second = stage.recorder("second");
    const { serverSide, clientSide } = yield* stage.pair(first, new Protocol());
    clientSide.write(bytes("1"));
    yield* first.until(1);
    assert.equal(serverSide.getProtocol(), first);
    serverSide.setProtocol(second);
    assert.equal(serverSide.getProtocol(), second);
    clientSide.write(bytes("2"));
    yield* second.until(1);
    clientSide.close();
    yield* second.lost;
    stage.trace.assertIs(["first made", "first data 1", "second data 2", "second eof", "second lost null"]);
  }));

test("a BufferedProtocol's buffer is filled piece by piece", () =>
  withIo(function* (stage) {
    const done = stage.loop.createFuture<string>();
    class Small extends BufferedProtocol {
      readonly buffer = new Uint8Array(4);
      all = "";
      override getBuffer(sizehint: number): Uint8Array {
        assert.equal(sizehint, -1);
        return this.buffer;
      }
      override bufferUpdated(count: number): void {
        this.all += text(this.buffer.subarray(0, count));
        stage.trace.add(String(count));
      }
      override eofReceived(): void {
        done.setResult(this.all);
      }
    }
    const server = yield* stage.loop.createServer(() => new Small(), "127.0.0.1", 0);
    const [socket] = server.sockets as readonly { port: number }[];
    const [client] = yield* stage.loop.createConnection(() => new Protocol(), "127.0.0.1", socket!.port);
    client.write(bytes("0123456789"));
    client.close();
    assert.equal(yield* done, "0123456789");
    server.close();
    stage.trace.assertIs(["4", "4", "2"]);
  }));

test("getExtraInfo tells both ends' names while the connection stands and after it", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const { serverSide, clientSide } = yield* stage.pair(server, new Protocol());
    const here = clientSide.getExtraInfo("sockname") as { address: string; port: number; family: string };
    assert.equal(here.address, "127.0.0.1");
    assert.equal(here.family, "IPv4");
    assert.ok(here.port > 0);
    assert.ok(clientSide.getExtraInfo("socket"));
    clientSide.close();
    yield* server.lost;
    assert.deepEqual(serverSide.getExtraInfo("peername"), here);
    assert.deepEqual(serverSide.getExtraInfo("sockname"), clientSide.getExtraInfo("peername"));
    assert.equal(clientSide.getExtraInfo("nothing"), null);
    assert.equal(clientSide.getExtraInfo("nothing", 7), 7);
  }));

test("reset by the peer: connection_lost gets ConnectionResetError with the host's code, nothing is reported", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const { clientSide } = yield* stage.pair(server, new Protocol());
    const socket = clientSide.getExtraInfo("socket") as { resetAndDestroy(): void };
    socket.resetAndDestroy();
    const error = yield* server.lost;
    assert.ok(error instanceof OSError);
    assert.equal(error.name, "ConnectionResetError");
    assert.equal(error.code, "ECONNRESET");
    assert.ok(error.cause instanceof Error);
  }));

test("a peer that goes while it is written to: connection_lost gets a ConnectionError", () =>
  withIo(function* (stage) {
    const client = stage.recorder("client");
    const { serverSide, clientSide } = yield* stage.pair(new Protocol(), client);
    clientSide.pauseReading();
    serverSide.abort();
    while (!client.lost.done()) {
      clientSide.write(bytes("anybody there?"));
      yield* sleep(1);
    }
    const error = yield* client.lost;
    assert.match(error!.name, /^(BrokenPipe|ConnectionReset)Error$/);
  }));
