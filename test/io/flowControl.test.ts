// Water marks: the protocol is told to stop above the high one and to go on at the low one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sleep } from "../../bindings/index.js";
import { Protocol } from "../../bindings/io.js";
import { bytes, withIo } from "../support/ioStage.js";

test("the marks are 64 KiB and a quarter of it; each follows from the other", () =>
  withIo(function* (stage) {
    const { clientSide } = yield* stage.pair(new Protocol(), new Protocol());
    assert.deepEqual(clientSide.getWriteBufferLimits(), [16_384, 65_536]);
    clientSide.setWriteBufferLimits(1000);
    assert.deepEqual(clientSide.getWriteBufferLimits(), [250, 1000]);
    clientSide.setWriteBufferLimits(null, 1000);
    assert.deepEqual(clientSide.getWriteBufferLimits(), [1000, 4000]);
    clientSide.setWriteBufferLimits({ high: 10, low: 5 });
    assert.deepEqual(clientSide.getWriteBufferLimits(), [5, 10]);
    clientSide.setWriteBufferLimits(0);
    assert.deepEqual(clientSide.getWriteBufferLimits(), [0, 0]);
    clientSide.setWriteBufferLimits();
    assert.deepEqual(clientSide.getWriteBufferLimits(), [16_384, 65_536]);
    clientSide.close();
  }));

test("marks that do not fit raise ValueError and change nothing", () =>
  withIo(function* (stage) {
    const { clientSide } = yield* stage.pair(new Protocol(), new Protocol());
    assert.throws(() => clientSide.setWriteBufferLimits(1, 2), { name: "ValueError" });
    assert.throws(() => clientSide.setWriteBufferLimits(1, -1), { name: "ValueError" });
    assert.throws(() => clientSide.setWriteBufferLimits(1.5), TypeError);
    assert.deepEqual(clientSide.getWriteBufferLimits(), [16_384, 65_536]);
    clientSide.close();
  }));

test("a slow reader: pause_writing above the high mark, resume_writing once it has read", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const client = stage.recorder("client");
    const { serverSide, clientSide } = yield* stage.pair(server, client);
    serverSide.pauseReading();
    const size = 8 << 20;
    clientSide.write(new Uint8Array(size));
    assert.ok(clientSide.getWriteBufferSize() > 65_536);
    assert.equal(stage.trace.events.at(-1), "client pause writing", "in the very call that passed the mark");
    yield* sleep(20);
    assert.equal(stage.trace.events.at(-1), "client pause writing");
    serverSide.resumeReading();
    yield* server.until(size);
    while (!stage.trace.events.includes("client resume writing")) yield* sleep(1);
    assert.ok(clientSide.getWriteBufferSize() <= 16_384);
    clientSide.close();
    yield* server.lost;
  }));

test("what fits into the system's buffer pauses nobody", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const { clientSide } = yield* stage.pair(server, stage.recorder("client"));
    for (let i = 0; i < 20; i++) {
      clientSide.write(bytes("0123456789"));
      yield* server.until((i + 1) * 10);
    }
    assert.ok(!stage.trace.events.includes("client pause writing"));
    clientSide.close();
    yield* server.lost;
  }));

test("marks lowered below what is buffered pause at once, and the pause ends", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const client = stage.recorder("client");
    const { serverSide, clientSide } = yield* stage.pair(server, client);
    clientSide.setWriteBufferLimits(64 << 20);
    serverSide.pauseReading();
    const size = 8 << 20;
    clientSide.write(new Uint8Array(size));
    assert.ok(!stage.trace.events.includes("client pause writing"));
    clientSide.setWriteBufferLimits(0);
    assert.equal(stage.trace.events.at(-1), "client pause writing");
    serverSide.resumeReading();
    yield* server.until(size);
    while (!stage.trace.events.includes("client resume writing")) yield* sleep(1);
    assert.equal(clientSide.getWriteBufferSize(), 0);
    clientSide.close();
    yield* server.lost;
  }));

test("a loop that is busy holds the peer back instead of piling up what it sends", () =>
  withIo(function* (stage) {
    const server = stage.recorder("server");
    const { serverSide, clientSide } = yield* stage.pair(server, new Protocol());
    const socket = serverSide.getExtraInfo("socket") as { isPaused(): boolean };
    serverSide.pauseReading();
    const size = 4 << 20;
    clientSide.write(new Uint8Array(size));
    yield* sleep(10);
    assert.ok(socket.isPaused());
    assert.equal(server.received, "");
    assert.ok(clientSide.getWriteBufferSize() > 0);
    serverSide.resumeReading();
    yield* server.until(size);
    clientSide.close();
    yield* server.lost;
  }));
