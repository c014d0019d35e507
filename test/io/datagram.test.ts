// Datagram endpoints.
import assert from "node:assert/strict";
import { test } from "node:test";
import { OSError, type Future, type Steps } from "../../bindings/index.js";
import { DatagramProtocol, type DatagramTransport, type SocketAddress } from "../../bindings/io.js";
import { failureOf } from "../support/failureOf.js";
import { bytes, text, withIo, type IoStage } from "../support/ioStage.js";
import { testOnlyIn } from "../support/testWhere.js";

/** Writes down what it is told; `next` is the datagram to come. */
class Listener extends DatagramProtocol {
  readonly stage: IoStage;
  declare next: Future<string>;
  readonly failed: Future<Error>;
  readonly lost: Future<Error | null>;
  declare from: SocketAddress;

  constructor(stage: IoStage) {
    super();
    this.stage = stage;
    this.next = stage.loop.createFuture();
    this.failed = stage.loop.createFuture();
    this.lost = stage.loop.createFuture();
  }

  override connectionMade(): void {
    this.stage.trace.add("made");
  }

  override datagramReceived(data: Uint8Array, from: SocketAddress): void {
    this.stage.trace.add(text(data));
    this.from = from;
    const { next } = this;
    this.next = this.stage.loop.createFuture();
    next.setResult(text(data));
  }

  override errorReceived(error: Error): void {
    if (!this.failed.done()) this.failed.setResult(error);
  }

  override connectionLost(error: Error | null): void {
    this.stage.trace.add("lost");
    this.lost.setResult(error);
  }
}

function* endpoint(stage: IoStage, ...where: unknown[]): Steps<[DatagramTransport, Listener]> {
  const create = stage.loop.createDatagramEndpoint as unknown as (
    ...args: unknown[]
  ) => Steps<[DatagramTransport, Listener]>;
  return yield* create.call(stage.loop, () => new Listener(stage), ...where);
}

const nameOf = (transport: DatagramTransport): SocketAddress => transport.getExtraInfo("sockname") as SocketAddress;

test("a datagram arrives whole, with its sender's address, and can be answered", () =>
  withIo(function* (stage) {
    const [here, listener] = yield* endpoint(stage, { localAddr: ["127.0.0.1", 0] });
    const [there, other] = yield* endpoint(stage, ["127.0.0.1", 0]);
    there.sendto(bytes("question"), nameOf(here));
    assert.equal(yield* listener.next, "question");
    assert.deepEqual(listener.from, nameOf(there));
    here.sendto(bytes("answer"), [listener.from.address, listener.from.port]);
    assert.equal(yield* other.next, "answer");
    here.close();
    there.close();
    assert.equal(yield* listener.lost, null);
    assert.equal(yield* other.lost, null);
  }));

test("with a remote_addr no address is needed, and another one is a ValueError", () =>
  withIo(function* (stage) {
    const [here, listener] = yield* endpoint(stage, { localAddr: ["127.0.0.1", 0] });
    const [there] = yield* endpoint(stage, null, nameOf(here));
    assert.deepEqual(there.getExtraInfo("peername"), nameOf(here));
    there.sendto(bytes("first"));
    assert.equal(yield* listener.next, "first");
    there.sendto(bytes("second"), nameOf(here));
    assert.equal(yield* listener.next, "second");
    assert.throws(() => there.sendto(bytes("x"), ["127.0.0.1", 1]), { name: "ValueError", message: /Invalid address/ });
    assert.throws(() => here.sendto(bytes("x")), { name: "ValueError" });
    assert.throws(() => here.sendto("x" as never, nameOf(there)), { name: "TypeError", message: /TextEncoder/ });
    here.close();
    there.close();
  }));

testOnlyIn(
  ["node", "bun"],
  "Deno does not tell that nobody listens",
  "nobody listens: error_received, and the endpoint stays",
  () =>
    withIo(function* (stage) {
      const [gone] = yield* endpoint(stage, { localAddr: ["127.0.0.1", 0] });
      const [there, listener] = yield* endpoint(stage, { remoteAddr: nameOf(gone) });
      gone.close();
      yield* (gone as never as { getProtocol(): Listener }).getProtocol().lost;
      there.sendto(bytes("anybody?"));
      const error = yield* listener.failed;
      assert.ok(error instanceof OSError);
      assert.equal(error.name, "ConnectionRefusedError");
      assert.equal(there.isClosing(), false);
      there.close();
      yield* listener.lost;
    }),
);

test("close() sends what waits; after it sendto goes nowhere", () =>
  withIo(function* (stage) {
    const [here, listener] = yield* endpoint(stage, { localAddr: ["127.0.0.1", 0] });
    const [there, other] = yield* endpoint(stage, { remoteAddr: nameOf(here) });
    for (let i = 0; i < 10; i++) there.sendto(bytes(String(i)));
    there.close();
    assert.equal(there.isClosing(), true);
    yield* other.lost;
    for (let i = 0; i < 9; i++) yield* listener.next;
    there.sendto(bytes("late"));
    there.close();
    there.abort();
    here.abort();
    yield* listener.lost;
    assert.ok(!stage.trace.events.includes("late"));
  }));

test("a protocol that raises is reported, and the next datagram comes all the same", () =>
  withIo(function* (stage) {
    const [here, listener] = yield* endpoint(stage, { localAddr: ["127.0.0.1", 0] });
    const [there] = yield* endpoint(stage, { remoteAddr: nameOf(here) });
    const received = listener.datagramReceived.bind(listener);
    listener.datagramReceived = (data, from) => {
      received(data, from);
      assert.notEqual(text(data), "bad");
    };
    there.sendto(bytes("bad"));
    yield* listener.next;
    there.sendto(bytes("good"));
    assert.equal(yield* listener.next, "good");
    assert.equal(stage.takeReports().length, 1);
    here.close();
    there.close();
  }));

test("an address in use is an OSError; no address at all needs a family", () =>
  withIo(function* (stage) {
    const [here] = yield* endpoint(stage, { localAddr: ["127.0.0.1", 0] });
    const error = (yield* failureOf(endpoint(stage, { localAddr: nameOf(here) }))) as OSError;
    assert.equal(error.code, "EADDRINUSE");
    assert.match(String(yield* failureOf(endpoint(stage, {}))), /ValueError: unexpected address family/);
    const [free] = yield* endpoint(stage, { family: 4 });
    free.sendto(bytes("x"), nameOf(here));
    free.close();
    here.close();
  }));
