// addReader and addWriter on the host's streams; names and addresses.
import assert from "node:assert/strict";
import { PassThrough, Writable } from "node:stream";
import { test } from "node:test";
import { ContextVar, OSError, sleep } from "../../bindings/index.js";
import { Protocol } from "../../bindings/io.js";
import { failureOf } from "../support/failureOf.js";
import { withIo } from "../support/ioStage.js";

test("a reader is called while there is something to read, and once at the end", () =>
  withIo(function* (stage) {
    const { loop, trace } = stage;
    const stream = new PassThrough();
    const done = loop.createFuture<void>();
    const read = (name: string): void => {
      const data = stream.read(2) as Buffer | null;
      trace.add(`${name} ${data === null ? "-" : String(data)}`);
      if (stream.readableEnded && !done.done()) done.setResult();
    };
    loop.addReader(stream, read, "reader");
    stream.write("abcd");
    yield* sleep(2);
    stream.end();
    yield* done;
    assert.deepEqual(trace.events.slice(0, 2), ["reader ab", "reader cd"]);
    assert.equal(loop.removeReader(stream), true);
    assert.equal(loop.removeReader(stream), false);
  }));

test("a writer is called while the stream takes more, and again after it has drained", () =>
  withIo(function* (stage) {
    const { loop } = stage;
    const waiting: (() => void)[] = [];
    const stream = new Writable({ highWaterMark: 4, write: (_chunk, _encoding, done) => void waiting.push(done) });
    let calls = 0;
    loop.addWriter(stream, () => {
      calls++;
      stream.write("xxxx");
    });
    yield* sleep(2);
    assert.equal(calls, 1);
    waiting.shift()!();
    yield* sleep(2);
    assert.equal(calls, 2);
    assert.equal(loop.removeWriter(stream), true);
    waiting.shift()!();
    yield* sleep(2);
    assert.equal(calls, 2);
    assert.equal(loop.removeWriter(stream), false);
  }));

test("adding a reader again replaces the callback; an error in it is reported and it goes on", () =>
  withIo(function* (stage) {
    const { loop } = stage;
    const stream = new PassThrough();
    loop.addReader(stream, () => assert.fail("replaced"));
    let calls = 0;
    loop.addReader(stream, () => {
      stream.read(1);
      calls++;
      throw new Error("oops");
    });
    stream.write("ab");
    yield* sleep(5);
    assert.equal(calls, 2);
    assert.equal(stage.takeReports().length, 2);
    loop.removeReader(stream);
  }));

test("a stream that a transport has is refused, and so is what is none", () =>
  withIo(function* (stage) {
    const { loop } = stage;
    const { clientSide } = yield* stage.pair(new Protocol(), new Protocol());
    const socket = clientSide.getExtraInfo("socket") as never;
    assert.throws(() => loop.addReader(socket, () => {}), { name: "RuntimeError", message: /used by a transport/ });
    assert.throws(() => loop.addWriter(socket, () => {}), { name: "RuntimeError", message: /used by a transport/ });
    assert.throws(() => loop.addReader(3 as never, () => {}), TypeError);
    assert.throws(() => loop.addWriter({} as never, () => {}), TypeError);
    assert.throws(() => loop.addReader(new PassThrough(), 1 as never), TypeError);
    clientSide.close();
  }));

test("a reader's callback runs in the context of addReader", () =>
  withIo(function* (stage) {
    const { loop } = stage;
    const name = new ContextVar<string>("name");
    const stream = new PassThrough();
    const seen = loop.createFuture<string>();
    name.set("adder");
    loop.addReader(stream, () => {
      loop.removeReader(stream);
      seen.setResult(name.get("nobody"));
    });
    name.set("later");
    stream.write("x");
    assert.equal(yield* seen, "adder");
  }));

test("getaddrinfo gives addresses with the port; an address is its own answer", () =>
  withIo(function* (stage) {
    const { loop } = stage;
    const four = yield* loop.getaddrinfo("localhost", 80, { family: 4 });
    assert.deepEqual(four[0], { address: "127.0.0.1", port: 80, family: "IPv4" });
    assert.deepEqual(yield* loop.getaddrinfo("::1", "443"), [{ address: "::1", port: 443, family: "IPv6" }]);
    const error = yield* failureOf(loop.getaddrinfo("nobody.invalid", 1));
    assert.ok(error instanceof OSError);
    assert.match(String(yield* failureOf(loop.getaddrinfo("localhost", "http"))), /TypeError.*port/);
    assert.match(
      String(yield* failureOf(loop.getaddrinfo("localhost", 1, { family: 5 as never }))),
      /TypeError.*family/,
    );
  }));

test("getnameinfo gives the host's and the service's name", () =>
  withIo(function* (stage) {
    const [host, service] = yield* stage.loop.getnameinfo(["127.0.0.1", 80]);
    assert.equal(host, "localhost");
    assert.match(service, /^(http|80)$/);
    assert.match(String(yield* failureOf(stage.loop.getnameinfo(5 as never))), /TypeError/);
  }));
