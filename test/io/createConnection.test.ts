// Finding a host's addresses and connecting to one of them.
import assert from "node:assert/strict";
import { Duplex } from "node:stream";
import { test } from "node:test";
import { createTask, ExceptionGroup, OSError, sleep, type EventLoop, type Future } from "../../bindings/index.js";
import { Protocol } from "../../bindings/io.js";
import { interleave } from "../../bindings/io/connect/interleave.js";
import { raceConnect } from "../../bindings/io/connect/race.js";
import { socketAddress } from "../../bindings/io/host/address.js";
import { failureOf } from "../support/failureOf.js";
import { bytes, portOf, withIo, type IoStage } from "../support/ioStage.js";
import type { Steps } from "../../bindings/index.js";

const makeProtocol = (): Protocol => new Protocol();

/** A port of 127.0.0.1 at which nobody listens. */
function* freePort(stage: IoStage): Steps<number> {
  const server = yield* stage.serve(makeProtocol);
  const port = portOf(server);
  server.close();
  yield* server.waitClosed();
  return port;
}

test("nobody listens: ConnectionRefusedError with code, errno, syscall and the host's error as its cause", () =>
  withIo(function* (stage) {
    const port = yield* freePort(stage);
    const error = (yield* failureOf(stage.loop.createConnection(makeProtocol, "127.0.0.1", port))) as OSError;
    assert.equal(error.name, "ConnectionRefusedError");
    assert.equal(error.code, "ECONNREFUSED");
    assert.equal(error.syscall, "connect");
    assert.ok(error instanceof OSError && error.cause instanceof Error);
  }));

test("a name that nobody knows: OSError with the resolver's code", () =>
  withIo(function* (stage) {
    const error = (yield* failureOf(stage.loop.createConnection(makeProtocol, "nobody.invalid", 1))) as OSError;
    assert.ok(error instanceof OSError);
    assert.match(error.code, /^(ENOTFOUND|EAI_AGAIN)$/);
  }));

test("all_errors raises an ExceptionGroup of what each address has failed with", () =>
  withIo(function* (stage) {
    const port = yield* freePort(stage);
    const options = { allErrors: true };
    const error = yield* failureOf(stage.loop.createConnection(makeProtocol, "127.0.0.1", port, options));
    assert.ok(error instanceof ExceptionGroup);
    assert.equal((error.errors[0] as OSError).code, "ECONNREFUSED");
  }));

test("local_addr binds the client's end", () =>
  withIo(function* (stage) {
    const server = yield* stage.serve(makeProtocol);
    const port = yield* freePort(stage);
    const options = { localAddr: ["127.0.0.1", port] as const };
    const [transport] = yield* stage.loop.createConnection(makeProtocol, "127.0.0.1", portOf(server), options);
    assert.equal((transport.getExtraInfo("sockname") as { port: number }).port, port);
    transport.abort();
    server.close();
  }));

test("host, port and sock: exactly one kind of goal", () =>
  withIo(function* (stage) {
    const { loop } = stage;
    const sock = new Duplex() as never;
    const both = yield* failureOf(loop.createConnection(makeProtocol, "127.0.0.1", 1, { sock }));
    assert.match(String(both), /ValueError: host\/port and sock can not be specified at the same time/);
    const none = yield* failureOf(loop.createConnection(makeProtocol));
    assert.match(String(none), /ValueError: host and port was not specified and no sock specified/);
    const name = yield* failureOf(loop.createConnection(makeProtocol, "127.0.0.1", 1, { serverHostname: "x" }));
    assert.match(String(name), /ValueError: serverHostname is only meaningful with ssl/);
    assert.match(String(yield* failureOf(loop.createConnection(1 as never))), /TypeError/);
    assert.match(String(yield* failureOf(loop.createConnection(makeProtocol, "127.0.0.1", 99_999))), /TypeError.*port/);
  }));

/** Two streams of the host, each other's end. */
function duplexPair(): [Duplex, Duplex] {
  const make = (other: () => Duplex): Duplex =>
    new Duplex({
      allowHalfOpen: true,
      read() {},
      write(chunk: unknown, _encoding, done) {
        other().push(chunk);
        done();
      },
      final(done) {
        other().push(null);
        done();
      },
    });
  const left: Duplex = make(() => right);
  const right: Duplex = make(() => left);
  return [left, right];
}

test("sock may be any duplex stream of the host", () =>
  withIo(function* (stage) {
    const [left, right] = duplexPair();
    const near = stage.recorder("near");
    const far = stage.recorder("far");
    const [transport] = yield* stage.loop.createConnection(() => near, null, null, { sock: left });
    yield* stage.loop.createConnection(() => far, null, null, { sock: right });
    transport.write(bytes("over a pair"));
    assert.equal(yield* far.until(11), "over a pair");
    transport.close();
    assert.equal(yield* near.lost, null);
    assert.equal(yield* far.lost, null);
    assert.deepEqual(stage.trace.events.slice(-3).sort(), ["far eof", "far lost null", "near lost null"]);
  }));

test("cancelled while it connects: the socket is closed", () =>
  withIo(function* (stage) {
    const { loop } = stage;
    // Nobody answers there, by definition (RFC 5737).
    const connecting = createTask(loop.createConnection(makeProtocol, "192.0.2.1", 9));
    yield* sleep(5);
    connecting.cancel();
    const error = yield* failureOf(connecting);
    assert.match((error as Error).name, /^(CancelledError|OSError|.*Error)$/);
    yield* stage.assertAllClosed();
  }));

test("cancelled between the connection and connection_made: the transport is closed", () =>
  withIo(function* (stage) {
    const server = yield* stage.serve(makeProtocol);
    const client = stage.recorder("client");
    const connecting = createTask(
      stage.loop.createConnection(
        () => {
          stage.loop.callSoon(() => connecting.cancel());
          return client;
        },
        "127.0.0.1",
        portOf(server),
      ),
    );
    assert.equal(((yield* failureOf(connecting)) as Error).name, "CancelledError");
    assert.equal(yield* client.lost, null);
    server.close();
  }));

test("the protocol factory raises: so does createConnection", () =>
  withIo(function* (stage) {
    const server = yield* stage.serve(makeProtocol);
    const failing = (): Protocol => assert.fail("no protocol");
    const error = yield* failureOf(stage.loop.createConnection(failing, "127.0.0.1", portOf(server)));
    assert.match(String(error), /no protocol/);
    server.close();
  }));

test("interleave puts a count of the first family first, then the families take turns", () => {
  const order = (count: number, ...names: string[]): string =>
    interleave(
      names.map((name) => socketAddress(name, 1)),
      count,
    )
      .map(({ address }) => address)
      .join(" ");
  assert.equal(order(1, "a::", "b::", "1", "2", "3"), "a:: 1 b:: 2 3");
  assert.equal(order(2, "a::", "b::", "c::", "1", "2"), "a:: b:: 1 c:: 2");
  assert.equal(order(1, "1", "2"), "1 2");
});

class FakeSocket {
  isDestroyed = false;
  destroy(): void {
    this.isDestroyed = true;
  }
}

interface Attempts {
  readonly futures: readonly Future<never>[];
  readonly starts: (() => Future<never>)[];
  /** The last attempt has been started. */
  readonly allStarted: Future<void>;
}

/** Attempts that a test settles. */
function attempts(loop: EventLoop, count: number): Attempts {
  const futures = Array.from({ length: count }, () => loop.createFuture<never>());
  const allStarted = loop.createFuture<void>();
  const starts = futures.map((future, i) => () => {
    if (i === count - 1) allStarted.setResult();
    return future;
  });
  return { futures, starts, allStarted };
}

test("happy eyeballs: after the delay the next address joins, the first to connect wins, the others are cancelled", () =>
  withIo(function* (stage) {
    const { futures, starts, allStarted } = attempts(stage.loop, 3);
    const race = raceConnect(stage.loop, starts, { delay: 5, allErrors: false });
    yield* allStarted;
    const socket = new FakeSocket();
    futures[1]!.setResult(socket as never);
    assert.equal(yield* race, socket);
    assert.deepEqual(
      futures.map((future) => future.cancelled()),
      [true, false, true],
    );
  }));

test("happy eyeballs: a failure starts the next attempt at once, and the last failure ends the race", () =>
  withIo(function* (stage) {
    const { futures, starts, allStarted } = attempts(stage.loop, 2);
    const race = raceConnect(stage.loop, starts, { delay: 60_000, allErrors: false });
    futures[0]!.setException(new OSError("one", { code: "ECONNREFUSED" }));
    yield* allStarted;
    futures[1]!.setException(new OSError("two", { code: "ECONNREFUSED" }));
    const error = (yield* failureOf(race)) as OSError;
    assert.equal(error.name, "ConnectionRefusedError");
    assert.match(error.message, /^Multiple exceptions: one, two$/);
  }));

test("happy eyeballs: of two that connect in the same turn one is closed", () =>
  withIo(function* (stage) {
    const { futures, starts, allStarted } = attempts(stage.loop, 2);
    const race = raceConnect(stage.loop, starts, { delay: 0, allErrors: false });
    yield* allStarted;
    const [first, second] = [new FakeSocket(), new FakeSocket()];
    futures[0]!.setResult(first as never);
    futures[1]!.setResult(second as never);
    assert.equal(yield* race, first);
    yield;
    assert.ok(second.isDestroyed && !first.isDestroyed);
  }));

test("happy eyeballs with real addresses: the one that answers is taken", () =>
  withIo(function* (stage) {
    const server = yield* stage.serve(makeProtocol);
    const options = { happyEyeballsDelay: 10, family: 4 } as const;
    const [transport] = yield* stage.loop.createConnection(makeProtocol, "localhost", portOf(server), options);
    assert.deepEqual(transport.getExtraInfo("peername"), socketAddress("127.0.0.1", portOf(server)));
    transport.abort();
    server.close();
  }));
