import assert from "node:assert/strict";
import { test } from "node:test";
import { CancelledError, createTask, RuntimeError, sleep, ValueError } from "../../bindings/index.js";
import { IncompleteReadError } from "../../bindings/errors/streamErrors.js";
import { StreamReader } from "../../bindings/io/streams/reader.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";
import { bytes, text } from "./text.js";

function filled(...chunks: string[]): StreamReader {
  const reader = new StreamReader();
  for (const chunk of chunks) reader.feedData(bytes(chunk));
  return reader;
}

test("read(n) gives what there is, up to n, without a pass through the loop", () => {
  onLoop(function* ({ loop, trace }) {
    const reader = filled("abc", "def");
    loop.callSoon(trace.adder("next iteration"));
    trace.add(text(yield* reader.read(4)));
    trace.add(text(yield* reader.read(100)));
    yield;
    trace.assertIs(["abcd", "ef", "next iteration"]);
  });
});

test("read(n) waits until one byte has come", () => {
  onLoop(function* ({ loop }) {
    const reader = new StreamReader();
    loop.callLater(10, () => reader.feedData(bytes("xy")));
    assert.equal(text(yield* reader.read(10)), "xy");
    assert.equal(loop.time(), 10);
  });
});

test("read(0) gives no bytes at once, even while there is nothing", () => {
  onLoop(function* () {
    assert.deepEqual(yield* new StreamReader().read(0), new Uint8Array());
  });
});

test("read() gives all up to the end, whatever the limit", () => {
  onLoop(function* ({ loop }) {
    const reader = new StreamReader(3);
    reader.feedData(bytes("12345"));
    loop.callLater(1, () => reader.feedData(bytes("67890")));
    loop.callLater(2, () => reader.feedEof());
    assert.equal(text(yield* reader.read()), "1234567890");
    assert.equal(loop.time(), 2);
  });
});

test("at the end read gives no bytes, and atEof is true once the buffer is empty", () => {
  onLoop(function* () {
    const reader = filled("a");
    assert.equal(reader.atEof(), false);
    reader.feedEof();
    assert.equal(reader.atEof(), false);
    yield* reader.read(1);
    assert.equal(reader.atEof(), true);
    assert.equal((yield* reader.read(1)).length, 0);
    assert.equal((yield* reader.read()).length, 0);
  });
});

test("readexactly gathers its bytes from several chunks and leaves the rest", () => {
  onLoop(function* ({ loop }) {
    const reader = filled("ab");
    loop.callLater(1, () => reader.feedData(bytes("cd")));
    loop.callLater(2, () => reader.feedData(bytes("efgh")));
    assert.equal(text(yield* reader.readexactly(5)), "abcde");
    assert.equal(text(yield* reader.read(9)), "fgh");
    assert.equal((yield* reader.readexactly(0)).length, 0);
  });
});

test("readexactly raises IncompleteReadError with what came and what was expected, and empties the buffer", () => {
  onLoop(function* () {
    const reader = filled("abc");
    reader.feedEof();
    const error = yield* failureOf(reader.readexactly(5));
    assert.ok(error instanceof IncompleteReadError);
    assert.equal(text(error.partial), "abc");
    assert.equal(error.expected, 5);
    assert.equal(error.message, "3 bytes read on a total of 5 expected bytes");
    assert.equal((error as { code?: unknown }).code, "WASYNCIO_INCOMPLETE_READ_ERROR");
    assert.ok(reader.atEof());
  });
});

test("a negative size for readexactly is a ValueError; one that is no integer is a TypeError", () => {
  onLoop(function* () {
    const reader = new StreamReader();
    assert.throws(() => reader.readexactly(-1), ValueError);
    assert.throws(() => reader.readexactly(1.5), TypeError);
    assert.throws(() => reader.read("4" as unknown as number), TypeError);
  });
});

test("an exception set on the stream is what the waiting read and each later one throw", () => {
  onLoop(function* ({ loop }) {
    const reader = new StreamReader();
    const broken = new RuntimeError("broken");
    loop.callLater(1, () => reader.setException(broken));
    assert.equal(yield* failureOf(reader.readline()), broken);
    for (const read of [reader.read(1), reader.read(), reader.readexactly(1), reader.readuntil(), reader.readline()]) {
      assert.equal(yield* failureOf(read), broken);
    }
    assert.equal(reader.exception(), broken);
  });
});

test("data that came before the exception is not read any more", () => {
  onLoop(function* () {
    const reader = filled("abc");
    const broken = new RuntimeError("broken");
    reader.setException(broken);
    assert.equal(yield* failureOf(reader.read(1)), broken);
  });
});

for (const method of ["read", "readexactly", "readuntil"] as const) {
  test(`${method} called while another coroutine waits for data is a RuntimeError that says so`, () => {
    onLoop(function* () {
      const reader = new StreamReader();
      const first = createTask(reader.read(1));
      yield;
      const second = method === "readexactly" ? reader.readexactly(3) : reader[method]();
      const error = yield* failureOf(second);
      assert.ok(error instanceof RuntimeError);
      assert.match(
        error.message,
        new RegExp(`^${method}\\(\\) called while another coroutine is already waiting for incoming data`),
      );
      reader.feedData(bytes("x"));
      assert.equal(text(yield* first), "x");
    });
  });
}

test("a read that was cancelled while it waited takes nothing, and the next one gets the data", () => {
  onLoop(function* () {
    const reader = new StreamReader();
    const reading = createTask(reader.read(10));
    yield;
    reading.cancel();
    reader.feedData(bytes("kept"));
    assert.ok((yield* failureOf(reading)) instanceof CancelledError);
    assert.equal(text(yield* reader.read(10)), "kept");
  });
});

test("a read cancelled before it began, or right after its data came, loses nothing", () => {
  onLoop(function* () {
    const reader = new StreamReader();
    const early = createTask(reader.read(10));
    early.cancel();
    assert.ok((yield* failureOf(early)) instanceof CancelledError);
    const late = createTask(reader.readexactly(2));
    yield;
    reader.feedData(bytes("ab"));
    late.cancel();
    assert.ok((yield* failureOf(late)) instanceof CancelledError);
    assert.equal(text(yield* reader.read(10)), "ab");
  });
});

test("feedData copies: what its caller does to the memory later is not seen", () => {
  onLoop(function* () {
    const reader = new StreamReader();
    const memory = bytes("abc");
    reader.feedData(memory);
    memory.fill(0);
    assert.equal(text(yield* reader.read(3)), "abc");
  });
});

/** As Node has its Buffer. */
class HostBytes extends Uint8Array {}

test("what was read is a plain Uint8Array of its own, also when bytes of the host came", () => {
  onLoop(function* () {
    const reader = new StreamReader();
    reader._feed(new HostBytes(bytes("abcdef")));
    const head = yield* reader.read(2);
    assert.deepEqual(head, bytes("ab"));
    structuredClone(head, { transfer: [head.buffer] });
    reader.feedEof();
    assert.deepEqual(yield* reader.read(), bytes("cdef"));
  });
});

test("text given as bytes is a TypeError that names TextEncoder", () => {
  onLoop(function* () {
    const reader = new StreamReader();
    assert.throws(() => reader.feedData("abc" as unknown as Uint8Array), /TypeError.*TextEncoder/);
    assert.throws(() => reader.readuntil("\n" as unknown as Uint8Array), /TypeError.*TextEncoder/);
  });
});

test("feedData after feedEof is a RuntimeError", () => {
  onLoop(function* () {
    const reader = new StreamReader();
    reader.feedEof();
    assert.throws(() => reader.feedData(bytes("a")), RuntimeError);
  });
});

test("a limit that is no positive number is refused", () => {
  onLoop(function* () {
    assert.throws(() => new StreamReader({ limit: 0 }), ValueError);
    assert.throws(() => new StreamReader(-1), ValueError);
    assert.throws(() => new StreamReader({ limit: "9" as unknown as number }), TypeError);
  });
});

test("a read awaits natively as well", async () => {
  await onHostLoop(async () => {
    const reader = new StreamReader();
    const reading = reader.readexactly(3).then(text);
    await sleep(1);
    reader.feedData(bytes("abc"));
    assert.equal(await reading, "abc");
  });
});

test("a reader's text names what it holds, as asyncio's does", () => {
  onLoop(function* () {
    const reader = new StreamReader({ limit: 10 });
    assert.equal(String(new StreamReader()), "<StreamReader>");
    reader.feedData(bytes("abc"));
    reader.feedEof();
    assert.equal(String(reader), "<StreamReader 3 bytes eof limit=10>");
  });
});
