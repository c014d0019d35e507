// Servers: what they listen at, how they end, and what becomes of their connections.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ContextVar, createTask, OSError, sleep, type Task } from "../../bindings/index.js";
import { Protocol, type Transport } from "../../bindings/io.js";
import { failureOf } from "../support/failureOf.js";
import { bytes, portOf, withIo, type IoStage } from "../support/ioStage.js";
import type { Steps } from "../../bindings/index.js";

const makeProtocol = (): Protocol => new Protocol();

function* connect(stage: IoStage, port: number, protocol: Protocol = new Protocol()): Steps<Transport> {
  const [transport] = yield* stage.loop.createConnection(() => protocol, "127.0.0.1", port);
  return transport;
}

test("a server listens once it is there, and tells where", () =>
  withIo(function* (stage) {
    const server = yield* stage.serve(makeProtocol);
    assert.equal(server.isServing(), true);
    assert.equal(server.getLoop(), stage.loop);
    assert.deepEqual(server.sockets, [{ address: "127.0.0.1", port: portOf(server), family: "IPv4" }]);
    server.close();
    server.close();
    assert.equal(server.isServing(), false);
    assert.deepEqual(server.sockets, []);
    yield* server.waitClosed();
  }));

test("several hosts: one socket for each address, none twice", () =>
  withIo(function* (stage) {
    const hosts = ["127.0.0.1", "127.0.0.2", "127.0.0.1"];
    const server = yield* stage.loop.createServer(makeProtocol, hosts, 0);
    const sockets = server.sockets as readonly { address: string; port: number }[];
    assert.deepEqual(
      sockets.map(({ address }) => address),
      ["127.0.0.1", "127.0.0.2"],
    );
    for (const { address, port } of sockets) {
      const [transport] = yield* stage.loop.createConnection(makeProtocol, address, port);
      transport.abort();
    }
    server.close();
    yield* server.waitClosed();
  }));

test("no host means every interface", () =>
  withIo(function* (stage) {
    const server = yield* stage.loop.createServer(makeProtocol, null, 0, { family: 4 });
    assert.equal((server.sockets[0] as { address: string }).address, "0.0.0.0");
    (yield* connect(stage, portOf(server))).abort();
    server.close();
    yield* server.waitClosed();
  }));

test("an address in use: OSError EADDRINUSE, and the other addresses are let go", () =>
  withIo(function* (stage) {
    const first = yield* stage.serve(makeProtocol);
    const error = yield* failureOf(stage.loop.createServer(makeProtocol, ["127.0.0.2", "127.0.0.1"], portOf(first)));
    assert.ok(error instanceof OSError);
    assert.equal(error.code, "EADDRINUSE");
    first.close();
    yield* first.waitClosed();
  }));

test("neither host nor port raises ValueError; a backlog that is no number, TypeError", () =>
  withIo(function* (stage) {
    assert.match(String(yield* failureOf(stage.loop.createServer(makeProtocol))), /ValueError: Neither host\/port/);
    const backlog = "many" as never;
    assert.match(
      String(yield* failureOf(stage.loop.createServer(makeProtocol, "127.0.0.1", 0, { backlog }))),
      /TypeError/,
    );
  }));

test("start_serving=False: nobody is let in before start_serving()", () =>
  withIo(function* (stage) {
    const server = yield* stage.loop.createServer(makeProtocol, "127.0.0.1", 0, { startServing: false });
    assert.equal(server.isServing(), false);
    yield* server.startServing();
    assert.equal(server.isServing(), true);
    yield* server.startServing();
    (yield* connect(stage, portOf(server))).abort();
    server.close();
    yield* server.waitClosed();
  }));

test("serve_forever ends by cancellation alone, and closes the server", () =>
  withIo(function* (stage) {
    const server = yield* stage.serve(makeProtocol);
    const serving = createTask(server.serveForever());
    yield;
    const twice = yield* failureOf(server.serveForever());
    assert.match(String(twice), /already being awaited on serveForever/);
    serving.cancel();
    assert.equal(((yield* failureOf(serving)) as Error).name, "CancelledError");
    assert.equal(server.isServing(), false);
    assert.match(String(yield* failureOf(server.serveForever())), /RuntimeError: .* is closed/);
  }));

test("close() ends serve_forever with CancelledError, as in asyncio", () =>
  withIo(function* (stage) {
    const server = yield* stage.serve(makeProtocol);
    const serving: Task<never> = createTask(server.serveForever());
    yield;
    server.close();
    assert.equal(((yield* failureOf(serving)) as Error).name, "CancelledError");
  }));

test("closed with clients connected: they stay, wait_closed waits for the last of them", () =>
  withIo(function* (stage) {
    const serverSide = stage.recorder("server");
    const server = yield* stage.serve(() => serverSide);
    const client = yield* connect(stage, portOf(server));
    yield* serverSide.made;
    server.close();
    const closed = createTask(server.waitClosed());
    yield* sleep(10);
    assert.equal(closed.done(), false);
    client.write(bytes("still here"));
    yield* serverSide.until(10);
    client.close();
    yield* closed;
    assert.ok(serverSide.lost.done());
    yield* server.waitClosed();
  }));

test("wait_closed of an open server without clients waits for close(), as since 3.12", () =>
  withIo(function* (stage) {
    const server = yield* stage.serve(makeProtocol);
    const closed = createTask(server.waitClosed());
    yield* sleep(5);
    assert.equal(closed.done(), false);
    server.close();
    yield* closed;
  }));

test("close_clients closes each connection after what it has buffered", () =>
  withIo(function* (stage) {
    const serverSide = stage.recorder("server");
    const client = stage.recorder("client");
    const server = yield* stage.serve(() => serverSide);
    yield* connect(stage, portOf(server), client);
    (yield* serverSide.made).write(bytes("goodbye"));
    server.close();
    server.closeClients();
    yield* server.waitClosed();
    yield* client.lost;
    assert.equal(client.received, "goodbye");
  }));

test("abort_clients ends each connection at once", () =>
  withIo(function* (stage) {
    const serverSide = stage.recorder("server");
    const server = yield* stage.serve(() => serverSide);
    const client = yield* connect(stage, portOf(server));
    const transport = yield* serverSide.made;
    client.pauseReading();
    transport.write(new Uint8Array(16 << 20));
    server.close();
    server.abortClients();
    yield* server.waitClosed();
    assert.equal(yield* serverSide.lost, null);
    client.abort();
  }));

test("async with server: closed and waited for at the end of the body, which gets the server", () =>
  withIo(function* (stage) {
    const server = yield* stage.serve(makeProtocol);
    const result = yield* server.with(function* (given) {
      assert.equal(given, server);
      (yield* connect(stage, portOf(server))).abort();
      return 42;
    });
    assert.equal(result, 42);
    assert.equal(server.isServing(), false);
    const failing = yield* stage.serve(makeProtocol);
    assert.match(String(yield* failureOf(failing.with(() => assert.fail("body")))), /body/);
    assert.equal(failing.isServing(), false);
  }));

test("the protocol factory raises: the connection is closed, and debug mode alone reports it", () =>
  withIo(function* (stage) {
    const server = yield* stage.serve(() => assert.fail("no protocol"));
    for (const [debug, reports] of [
      [false, 0],
      [true, 1],
    ] as const) {
      stage.loop.setDebug(debug);
      const client = stage.recorder("client");
      yield* connect(stage, portOf(server), client);
      yield* client.lost;
      assert.equal(stage.takeReports().length, reports);
    }
    stage.loop.setDebug(false);
    server.close();
    yield* server.waitClosed();
  }));

test("a protocol's callbacks run in the context of whoever made the server", () =>
  withIo(function* (stage) {
    const name = new ContextVar<string>("name");
    const seen = stage.loop.createFuture<string>();
    class Looks extends Protocol {
      override dataReceived(): void {
        seen.setResult(name.get("nobody"));
      }
    }
    name.set("maker");
    const server = yield* stage.serve(() => new Looks());
    name.set("client");
    const client = yield* connect(stage, portOf(server));
    client.write(bytes("who?"));
    assert.equal(yield* seen, "maker");
    client.close();
    server.close();
    yield* server.waitClosed();
  }));

test("a hundred connections at once all get through", () =>
  withIo(function* (stage) {
    class Echo extends Protocol {
      declare transport: Transport;
      override connectionMade(transport: Transport): void {
        this.transport = transport;
      }
      override dataReceived(data: Uint8Array): void {
        this.transport.write(data);
      }
    }
    const server = yield* stage.serve(() => new Echo());
    const clients = Array.from({ length: 100 }, (_, i) => stage.recorder(`client ${i}`));
    const tasks = clients.map((client) => createTask(() => connect(stage, portOf(server), client)));
    for (const [i, task] of tasks.entries()) (yield* task).write(bytes(`hello ${i}`));
    for (const [i, client] of clients.entries()) {
      assert.equal(yield* client.until(`hello ${i}`.length), `hello ${i}`);
      client.transport.close();
    }
    server.close();
    yield* server.waitClosed();
  }));
