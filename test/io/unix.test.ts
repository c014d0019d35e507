// Unix sockets.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { OSError, type Steps } from "../../bindings/index.js";
import { Protocol } from "../../bindings/io.js";
import { failureOf } from "../support/failureOf.js";
import { bytes, cert, key, withIo, type IoStage } from "../support/ioStage.js";

async function withFolder(body: (stage: IoStage, path: (name: string) => string) => Steps<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "wasyncio-"));
  try {
    await withIo((stage) => body(stage, (name) => join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("a server and a client meet at a path, and are told so", () =>
  withFolder(function* (stage, path) {
    const server = stage.recorder("server");
    const listening = yield* stage.loop.createUnixServer(() => server, path("socket"));
    assert.deepEqual(listening.sockets, [{ path: path("socket") }]);
    const client = stage.recorder("client");
    const [transport] = yield* stage.loop.createUnixConnection(() => client, path("socket"));
    assert.deepEqual(transport.getExtraInfo("peername"), { path: path("socket") });
    assert.deepEqual((yield* server.made).getExtraInfo("sockname"), { path: path("socket") });
    transport.write(bytes("hello"));
    assert.equal(yield* server.until(5), "hello");
    transport.close();
    yield* server.lost;
    listening.close();
    yield* listening.waitClosed();
    assert.equal(existsSync(path("socket")), false, "close() removes the socket");
  }));

test("nobody there: FileNotFoundError ENOENT", () =>
  withFolder(function* (stage, path) {
    const error = yield* failureOf(stage.loop.createUnixConnection(() => new Protocol(), path("none")));
    assert.ok(error instanceof OSError);
    assert.equal(error.name, "FileNotFoundError");
    assert.equal(error.code, "ENOENT");
  }));

test("a file in the way is no socket to be replaced: OSError EADDRINUSE", () =>
  withFolder(function* (stage, path) {
    writeFileSync(path("file"), "precious");
    const error = yield* failureOf(stage.loop.createUnixServer(() => new Protocol(), path("file")));
    assert.equal((error as OSError).code, "EADDRINUSE");
    assert.ok(existsSync(path("file")));
  }));

test("TLS over a unix socket needs a server_hostname", () =>
  withFolder(function* (stage, path) {
    const server = stage.recorder("server");
    const ssl = { cert, key };
    const listening = yield* stage.loop.createUnixServer(() => server, path("tls"), { ssl });
    const nameless = stage.loop.createUnixConnection(() => new Protocol(), path("tls"), { ssl: { ca: cert } });
    assert.match(String(yield* failureOf(nameless)), /ValueError: You must set serverHostname/);
    const options = { ssl: { ca: cert }, serverHostname: "localhost" };
    const [transport] = yield* stage.loop.createUnixConnection(() => new Protocol(), path("tls"), options);
    transport.write(bytes("secret"));
    assert.equal(yield* server.until(6), "secret");
    transport.close();
    yield* server.lost;
    listening.close();
    yield* listening.waitClosed();
  }));

test("a path or a sock, exactly one of them", () =>
  withFolder(function* (stage) {
    const { loop } = stage;
    const make = (): Protocol => new Protocol();
    assert.match(String(yield* failureOf(loop.createUnixConnection(make))), /ValueError: no path and sock/);
    const both = loop.createUnixConnection(make, "x", { sock: {} as never });
    assert.match(String(yield* failureOf(both)), /ValueError: path and sock/);
    assert.match(String(yield* failureOf(loop.createUnixServer(make, 7 as never))), /TypeError/);
  }));
