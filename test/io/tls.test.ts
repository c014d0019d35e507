// TLS on both sides, from the first byte or in the middle of a connection.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { createTask, OSError, sleep, type Future, type Steps } from "../../bindings/index.js";
import { Protocol, type ConnectionOptions, type Server, type Transport } from "../../bindings/io.js";
import { failureOf } from "../support/failureOf.js";
import { bytes, cert, key, portOf, withIo, type IoStage, type Recorder } from "../support/ioStage.js";

const makeProtocol = (): Protocol => new Protocol();

function* serveTls(stage: IoStage, protocol: () => Protocol, more: object = {}): Steps<Server> {
  return yield* stage.loop.createServer(protocol, "127.0.0.1", 0, { ssl: { cert, key, ...more } });
}

function* connectTls(
  stage: IoStage,
  server: Server,
  protocol: Protocol,
  options: ConnectionOptions = { ssl: { ca: cert } },
): Steps<Transport> {
  const [transport] = yield* stage.loop.createConnection(() => protocol, "127.0.0.1", portOf(server), options);
  return transport;
}

/** Both ends of a connection over TLS, made. */
function* pair(stage: IoStage): Steps<{ server: Recorder; client: Recorder }> {
  const server = stage.recorder("server");
  const client = stage.recorder("client");
  const listening = yield* serveTls(stage, () => server);
  yield* connectTls(stage, listening, client);
  yield* server.made;
  listening.close();
  return { server, client };
}

test("bytes go both ways, and both ends close in good order", () =>
  withIo(function* (stage) {
    const { server, client } = yield* pair(stage);
    client.transport.write(bytes("ping"));
    assert.equal(yield* server.until(4), "ping");
    server.transport.write(bytes("pong"));
    assert.equal(yield* client.until(4), "pong");
    client.transport.close();
    assert.equal(yield* client.lost, null);
    assert.equal(yield* server.lost, null);
    stage.trace.assertIs([
      ...stage.trace.events.slice(0, 2),
      "server data ping",
      "client data pong",
      ...stage.trace.events.slice(4),
    ]);
    assert.ok(stage.trace.events.includes("server eof"));
  }));

test("getExtraInfo tells cipher, the peer's certificate and what was given as ssl", () =>
  withIo(function* (stage) {
    const { server, client } = yield* pair(stage);
    const cipher = client.transport.getExtraInfo("cipher") as { name: string; version: string };
    assert.match(cipher.version, /^TLSv1\.[23]$/);
    const peercert = client.transport.getExtraInfo("peercert") as { subject: { CN: string } };
    assert.equal(peercert.subject.CN, "localhost");
    assert.equal(server.transport.getExtraInfo("peercert"), null);
    assert.ok(client.transport.getExtraInfo("sslcontext"));
    assert.deepEqual(client.transport.getExtraInfo("peername"), server.transport.getExtraInfo("sockname"));
    client.transport.close();
    yield* client.lost;
    yield* server.lost;
  }));

test("TLS has no half-open ends: can_write_eof is false, and eof_received's result counts for nothing", () =>
  withIo(function* (stage) {
    const { server, client } = yield* pair(stage);
    server.keepsOpen = true;
    assert.equal(client.transport.canWriteEof(), false);
    assert.throws(() => client.transport.writeEof(), { name: "RuntimeError" });
    client.transport.close();
    assert.equal(yield* server.lost, null);
    yield* client.lost;
  }));

test("close() writes what is buffered first", () =>
  withIo(function* (stage) {
    const { server, client } = yield* pair(stage);
    const size = 4 << 20;
    server.transport.pauseReading();
    client.transport.write(new Uint8Array(size).fill(120));
    client.transport.close();
    client.transport.write(bytes("too late"));
    yield* sleep(10);
    server.transport.resumeReading();
    yield* server.lost;
    yield* client.lost;
    assert.equal(server.received.length, size);
  }));

test("abort() ends at once", () =>
  withIo(function* (stage) {
    const { server, client } = yield* pair(stage);
    client.transport.write(new Uint8Array(4 << 20));
    client.transport.abort();
    assert.equal(yield* client.lost, null);
    yield* server.lost;
  }));

test("a peer that does not end as well is left after ssl_shutdown_timeout", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const client = stage.recorder("client");
    const listening = yield* serveTls(stage, () => server);
    yield* connectTls(stage, listening, client, { ssl: { ca: cert }, sslShutdownTimeout: 20 });
    (yield* server.made).pauseReading();
    client.transport.write(new Uint8Array(16 << 20));
    client.transport.close();
    assert.equal((yield* client.lost)?.name, "TimeoutError");
    server.transport.abort();
    listening.close();
    yield* listening.waitClosed();
  }));

test("a certificate that nobody vouches for: OSError with the host's code", () =>
  withIo(function* (stage) {
    const listening = yield* serveTls(stage, makeProtocol);
    const error = (yield* failureOf(connectTls(stage, listening, new Protocol(), { ssl: true }))) as OSError;
    assert.ok(error instanceof OSError);
    assert.equal(error.code, "DEPTH_ZERO_SELF_SIGNED_CERT");
    const accepted = yield* connectTls(stage, listening, new Protocol(), { ssl: { rejectUnauthorized: false } });
    accepted.abort();
    listening.close();
    yield* listening.waitClosed();
  }));

test("a certificate for another name is refused, unless server_hostname is empty", () =>
  withIo(function* (stage) {
    const listening = yield* serveTls(stage, makeProtocol);
    const ssl = { ca: cert };
    const named = connectTls(stage, listening, new Protocol(), { ssl, serverHostname: "example.org" });
    assert.equal(((yield* failureOf(named)) as OSError).code, "ERR_TLS_CERT_ALTNAME_INVALID");
    const servername = connectTls(stage, listening, new Protocol(), { ssl: { ca: cert, servername: "example.org" } });
    assert.equal(((yield* failureOf(servername)) as OSError).code, "ERR_TLS_CERT_ALTNAME_INVALID");
    (yield* connectTls(stage, listening, new Protocol(), { ssl, serverHostname: "" })).abort();
    (yield* connectTls(stage, listening, new Protocol(), { ssl, serverHostname: "localhost" })).abort();
    listening.close();
    yield* listening.waitClosed();
  }));

test("both sides agree on the first protocol of the server's ALPN list that the client has", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const listening = yield* serveTls(stage, () => server, { alpnProtocols: ["b", "a"] });
    const ssl = { ca: cert, alpnProtocols: ["a", "b"] };
    const client = yield* connectTls(stage, listening, new Protocol(), { ssl });
    assert.ok(["a", "b"].includes(client.getExtraInfo("alpnProtocol") as string));
    assert.equal((yield* server.made).getExtraInfo("alpnProtocol"), client.getExtraInfo("alpnProtocol"));
    client.close();
    yield* server.lost;
    listening.close();
  }));

test("a handshake that does not end: ConnectionAbortedError after ssl_handshake_timeout", () =>
  withIo(function* (stage) {
    const listening = yield* stage.serve(makeProtocol);
    const options = { ssl: { ca: cert }, sslHandshakeTimeout: 20 };
    const error = yield* failureOf(connectTls(stage, listening, new Protocol(), options));
    assert.equal((error as Error).name, "ConnectionAbortedError");
    listening.close();
    yield* listening.waitClosed();
  }));

test("a peer that leaves during the handshake: a ConnectionError", () =>
  withIo(function* (stage) {
    const host = createServer((socket) => socket.destroy());
    const port = yield* listeningPort(host, stage.loop.createFuture<number>());
    const options = { ssl: { ca: cert } };
    const error = yield* failureOf(stage.loop.createConnection(makeProtocol, "127.0.0.1", port, options));
    assert.match((error as Error).name, /^Connection\w*Error$/);
    host.close();
  }));

function* listeningPort(host: ReturnType<typeof createServer>, listening: Future<number>): Steps<number> {
  host.listen(0, "127.0.0.1", () => listening.setResult((host.address() as { port: number }).port));
  return yield* listening;
}

test("a client without TLS is turned away, and nothing is reported", () =>
  withIo(function* (stage) {
    const listening = yield* serveTls(stage, () => assert.fail("no connection is made"));
    const client = stage.recorder("client");
    const [transport] = yield* stage.loop.createConnection(() => client, "127.0.0.1", portOf(listening));
    transport.write(bytes("GET / HTTP/1.0\r\n\r\n"));
    yield* client.lost;
    listening.close();
    yield* listening.waitClosed();
  }));

test("cancelled during the handshake: the socket is closed", () =>
  withIo(function* (stage) {
    const listening = yield* stage.serve(makeProtocol);
    const connecting = createTask(() => connectTls(stage, listening, new Protocol()));
    yield* sleep(20);
    connecting.cancel();
    assert.equal(((yield* failureOf(connecting)) as Error).name, "CancelledError");
    listening.close();
    yield* listening.waitClosed();
  }));

test("options that make no sense are refused before anything is opened", () =>
  withIo(function* (stage) {
    const { loop } = stage;
    const noCert = loop.createServer(makeProtocol, "127.0.0.1", 0, { ssl: true as never });
    assert.match(String(yield* failureOf(noCert)), /TypeError: .*cert and a key/);
    const noTls = { sslHandshakeTimeout: 5 };
    assert.match(String(yield* failureOf(loop.createConnection(makeProtocol, "127.0.0.1", 1, noTls))), /ValueError/);
    const zero = { ssl: true, sslShutdownTimeout: 0 } as const;
    assert.match(String(yield* failureOf(loop.createConnection(makeProtocol, "127.0.0.1", 1, zero))), /ValueError/);
    const wrong = { ssl: "yes" as never };
    assert.match(String(yield* failureOf(loop.createConnection(makeProtocol, "127.0.0.1", 1, wrong))), /TypeError/);
  }));

test("start_tls upgrades both sides in the middle; connection_made is not called again", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const client = stage.recorder("client");
    const { serverSide, clientSide } = yield* stage.pair(server, client);
    clientSide.write(bytes("plain"));
    yield* server.until(5);
    const upgrading = createTask(stage.loop.startTls(serverSide, server, { cert, key }, { serverSide: true }));
    const options = { serverHostname: "localhost" };
    const above = yield* stage.loop.startTls(clientSide, client, { ca: cert }, options);
    const aboveServer = yield* upgrading;
    assert.equal(clientSide.isClosing(), true);
    assert.ok(above.getExtraInfo("cipher"));
    assert.equal(above.getProtocol(), client);
    above.write(bytes("secret"));
    assert.equal(yield* server.until(11), "plainsecret");
    aboveServer.write(bytes("answer"));
    assert.equal(yield* client.until(6), "answer");
    above.close();
    yield* client.lost;
    yield* server.lost;
    assert.equal(stage.trace.events.filter((event) => event === "client made").length, 1);
  }));

test("start_tls that fails closes the connection", () =>
  withIo(function* (stage) {
    const { serverSide, clientSide } = yield* stage.pair(stage.recorder("server"), stage.recorder("client"));
    const server = serverSide.getProtocol()!;
    const upgrading = createTask(stage.loop.startTls(serverSide, server, { cert, key }, { serverSide: true }));
    const protocol = clientSide.getProtocol()!;
    const options = { serverHostname: "example.org" };
    const error = yield* failureOf(stage.loop.startTls(clientSide, protocol, { ca: cert }, options));
    assert.equal((error as OSError).code, "ERR_TLS_CERT_ALTNAME_INVALID");
    // The server may have finished its part of the handshake by then.
    const [transport] = yield* settled(upgrading);
    transport?.abort();
  }));

function* settled(upgrading: Future<Transport>): Steps<Transport[]> {
  try {
    return [yield* upgrading];
  } catch (error) {
    assert.ok(error instanceof OSError);
    return [];
  }
}

test("start_tls takes the transport of a connection that stands", () =>
  withIo(function* (stage) {
    const { loop } = stage;
    const { clientSide } = yield* stage.pair(new Protocol(), new Protocol());
    const protocol = clientSide.getProtocol()!;
    assert.match(String(yield* failureOf(loop.startTls({} as never, protocol, true))), /TypeError/);
    clientSide.close();
    const late = loop.startTls(clientSide, protocol, true, { serverHostname: "localhost" });
    assert.match(String(yield* failureOf(late)), /RuntimeError: the transport is closing/);
  }));
