// One-way transports over the host's streams, and sending files.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { test } from "node:test";
import {
  createTask,
  type OSError,
  SendfileNotAvailableError,
  sleep,
  wrapFuture,
  type Steps,
} from "../../bindings/index.js";
import { BaseProtocol, Protocol } from "../../bindings/io.js";
import { failureOf } from "../support/failureOf.js";
import { bytes, withIo, type IoStage } from "../support/ioStage.js";

class Lost extends BaseProtocol {
  readonly stage: IoStage;
  error: Error | null | undefined;
  constructor(stage: IoStage) {
    super();
    this.stage = stage;
  }
  override connectionLost(error: Error | null): void {
    this.error = error;
    this.stage.trace.add("lost");
  }
}

async function withFile(content: string, body: (stage: IoStage, path: string) => Steps<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "wasyncio-"));
  const path = join(folder, "file");
  writeFileSync(path, content);
  try {
    await withIo((stage) => body(stage, path));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("a Readable's bytes go to the protocol, its end is eof_received and then connection_lost(None)", () =>
  withIo(function* (stage) {
    const pipe = new PassThrough();
    const reader = stage.recorder("reader");
    reader.keepsOpen = true;
    const [transport] = yield* stage.loop.connectReadPipe(() => reader, pipe);
    assert.equal(transport.getExtraInfo("pipe"), pipe);
    pipe.write("one");
    yield* reader.until(3);
    transport.pauseReading();
    pipe.end("two");
    yield* sleep(5);
    assert.equal(reader.received, "one");
    transport.resumeReading();
    assert.equal(yield* reader.lost, null);
    stage.trace.assertIs(["reader made", "reader data one", "reader data two", "reader eof", "reader lost null"]);
  }));

test("a Readable that fails: connection_lost gets its error, which is reported unless the host's", () =>
  withIo(function* (stage) {
    const pipe = new PassThrough();
    const reader = stage.recorder("reader");
    yield* stage.loop.connectReadPipe(() => reader, pipe);
    const mistake = new Error("no such luck");
    pipe.destroy(mistake);
    assert.equal(yield* reader.lost, mistake);
    assert.equal(stage.takeReports()[0]!.exception, mistake);
  }));

test("close() of a read pipe: connection_lost(None), and the stream is destroyed", () =>
  withIo(function* (stage) {
    const pipe = new PassThrough();
    const reader = stage.recorder("reader");
    const [transport] = yield* stage.loop.connectReadPipe(() => reader, pipe);
    transport.close();
    assert.equal(yield* reader.lost, null);
    assert.ok(pipe.destroyed);
  }));

test("a file's path is read to its end", () =>
  withFile("written before", function* (stage, path) {
    const reader = stage.recorder("reader");
    yield* stage.loop.connectReadPipe(() => reader, path);
    yield* reader.lost;
    assert.equal(reader.received, "written before");
    const error = stage.recorder("missing");
    yield* stage.loop.connectReadPipe(() => error, `${path}.missing`);
    assert.equal((yield* error.lost)?.name, "FileNotFoundError");
  }));

test("what is written to a Writable arrives there, close() ends it", () =>
  withFile("", function* (stage, path) {
    const writer = new Lost(stage);
    const [transport] = yield* stage.loop.connectWritePipe(() => writer, path);
    transport.write(bytes("one "));
    transport.writelines([bytes("two "), bytes("three")]);
    transport.close();
    transport.write(bytes("too late"));
    while (writer.error === undefined) yield* sleep(1);
    assert.equal(writer.error, null);
    assert.equal(readFileSync(path, "utf8"), "one two three");
  }));

test("a Writable that is slow pauses the protocol and resumes it", () =>
  withIo(function* (stage) {
    const waiting: (() => void)[] = [];
    const slow = new Writable({ write: (_chunk, _encoding, done) => void waiting.push(done) });
    class Counts extends Lost {
      override pauseWriting(): void {
        stage.trace.add("pause");
      }
      override resumeWriting(): void {
        stage.trace.add("resume");
      }
    }
    const writer = new Counts(stage);
    const [transport] = yield* stage.loop.connectWritePipe(() => writer, slow);
    transport.write(new Uint8Array(100_000));
    stage.trace.assertIs(["pause"]);
    waiting.shift()!();
    yield* sleep(1);
    stage.trace.assertIs(["pause", "resume"]);
    transport.writeEof();
    while (writer.error === undefined) yield* sleep(1);
  }));

test("a Writable that fails: connection_lost gets its error", () =>
  withIo(function* (stage) {
    const broken = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" })),
    });
    const writer = new Lost(stage);
    const [transport] = yield* stage.loop.connectWritePipe(() => writer, broken);
    transport.write(bytes("x"));
    while (writer.error === undefined) yield* sleep(1);
    assert.equal(writer.error?.name, "BrokenPipeError");
  }));

test("what is no stream is a TypeError", () =>
  withIo(function* (stage) {
    const make = (): Protocol => new Protocol();
    assert.match(String(yield* failureOf(stage.loop.connectReadPipe(make, {} as never))), /TypeError/);
    assert.match(String(yield* failureOf(stage.loop.connectWritePipe(make, null as never))), /TypeError/);
  }));

test("sendfile sends a file, or a part of it, by its path or an open handle", () =>
  withFile("0123456789", function* (stage, path) {
    const { loop } = stage;
    const server = stage.recorder("server");
    const { clientSide } = yield* stage.pair(server, stage.recorder("client"));
    assert.equal(yield* loop.sendfile(clientSide, path), 10);
    assert.equal(yield* loop.sendfile(clientSide, path, 7), 3);
    assert.equal(yield* loop.sendfile(clientSide, path, 2, 3), 3);
    const handle = yield* wrapFuture(open(path, "r"));
    assert.equal(yield* loop.sendfile(clientSide, handle, 0, 99), 10);
    yield* wrapFuture(handle.close());
    assert.equal(yield* server.until(26), "0123456789789234" + "0123456789");
    clientSide.close();
    yield* server.lost;
  }));

test("sendfile sends more than the buffers hold, and the client can write afterwards", () =>
  withFile("x".repeat(3_000_000), function* (stage, path) {
    const server = stage.recorder("server");
    const { clientSide } = yield* stage.pair(server, stage.recorder("client"));
    assert.equal(yield* stage.loop.sendfile(clientSide, path), 3_000_000);
    clientSide.write(bytes("end"));
    yield* server.until(3_000_003);
    clientSide.close();
    yield* server.lost;
  }));

test("while sendfile is under way nobody else may write", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const { clientSide } = yield* stage.pair(server, stage.recorder("client"));
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const file = {
      async read(buffer: Uint8Array, offset: number, length: number, position: number) {
        if (position > 0) await held;
        const bytesRead = position > 0 ? 0 : Math.min(3, length);
        buffer.set(bytes("abc").subarray(0, bytesRead), offset);
        return { bytesRead };
      },
    };
    const sending = createTask(stage.loop.sendfile(clientSide, file));
    yield* server.until(3);
    assert.throws(() => clientSide.write(bytes("x")), { name: "RuntimeError" });
    release();
    assert.equal(yield* sending, 3);
    clientSide.close();
    yield* server.lost;
  }));

test("sendfile without its fallback, of a missing file, on a closing transport", () =>
  withFile("abc", function* (stage, path) {
    const { loop } = stage;
    const { clientSide } = yield* stage.pair(new Protocol(), stage.recorder("client"));
    const native = yield* failureOf(loop.sendfile(clientSide, path, 0, null, { fallback: false }));
    assert.ok(native instanceof SendfileNotAvailableError);
    const missing = (yield* failureOf(loop.sendfile(clientSide, `${path}.missing`))) as OSError;
    assert.equal(missing.name, "FileNotFoundError");
    assert.match(String(yield* failureOf(loop.sendfile(clientSide, path, -1))), /ValueError/);
    assert.match(String(yield* failureOf(loop.sendfile(clientSide, path, 0, 0))), /ValueError/);
    clientSide.close();
    assert.match(String(yield* failureOf(loop.sendfile(clientSide, path))), /RuntimeError: Transport is closing/);
  }));
