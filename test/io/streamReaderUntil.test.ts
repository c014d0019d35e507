import assert from "node:assert/strict";
import { test } from "node:test";
import { anext, forEach, StopAsyncIteration, ValueError } from "../../bindings/index.js";
import { IncompleteReadError, LimitOverrunError } from "../../bindings/errors/streamErrors.js";
import { StreamReader } from "../../bindings/io/streams/reader.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";
import { bytes, text } from "./text.js";

function ended(content: string, limit = 65_536): StreamReader {
  const reader = new StreamReader({ limit });
  reader.feedData(bytes(content));
  reader.feedEof();
  return reader;
}

test("readuntil gives all up to and with the separator, and leaves the rest", () => {
  onLoop(function* () {
    const reader = ended("one, two, three");
    assert.equal(text(yield* reader.readuntil(bytes(", "))), "one, ");
    assert.equal(text(yield* reader.readuntil(bytes(", "))), "two, ");
    assert.equal(text(yield* reader.read()), "three");
  });
});

test("readuntil finds a separator that comes in pieces, byte by byte", () => {
  onLoop(function* ({ loop }) {
    const reader = new StreamReader();
    let delay = 0;
    for (const char of "aa\r\r\n\r\n") loop.callLater(++delay, () => reader.feedData(bytes(char)));
    assert.equal(text(yield* reader.readuntil(bytes("\r\n\r\n"))), "aa\r\r\n\r\n");
    assert.equal(loop.time(), 7);
  });
});

test("with several separators the message that ends first is given", () => {
  onLoop(function* () {
    const reader = ended("a-long-one;b;c");
    assert.equal(text(yield* reader.readuntil([bytes("one;b;"), bytes(";"), bytes("long")])), "a-long");
    assert.equal(text(yield* reader.readuntil([bytes("one;b;"), bytes(";")])), "-one;");
  });
});

test("of separators that end at the same byte the shorter one counts for the limit", () => {
  onLoop(function* () {
    const reader = ended("abcdEND", 3);
    const error = yield* failureOf(reader.readuntil([bytes("dEND"), bytes("END")]));
    assert.ok(error instanceof LimitOverrunError);
    assert.equal(error.consumed, 4);
  });
});

test("a separator that begins as another one ends is found however the chunks fall", () => {
  for (const cut of [1, 2, 3, 4, 5]) {
    onLoop(function* ({ loop }) {
      const reader = new StreamReader();
      const message = "xABABC";
      reader.feedData(bytes(message.slice(0, cut)));
      loop.callLater(1, () => reader.feedData(bytes(message.slice(cut))));
      assert.equal(text(yield* reader.readuntil(bytes("ABC"))), message);
    });
  }
});

test("no separators, and an empty one, are ValueErrors", () => {
  onLoop(function* () {
    const reader = new StreamReader();
    assert.throws(() => reader.readuntil([]), ValueError);
    assert.throws(() => reader.readuntil(new Uint8Array()), ValueError);
    assert.throws(() => reader.readuntil([bytes("a"), new Uint8Array()]), ValueError);
  });
});

test("an end without a separator raises IncompleteReadError with what came, and empties the buffer", () => {
  onLoop(function* () {
    const reader = ended("no separator");
    const error = yield* failureOf(reader.readuntil(bytes("\0")));
    assert.ok(error instanceof IncompleteReadError);
    assert.equal(text(error.partial), "no separator");
    assert.equal(error.expected, null);
    assert.equal(error.message, "12 bytes read on a total of undefined expected bytes");
    assert.ok(reader.atEof());
  });
});

test("more than the limit without a separator raises LimitOverrunError, and the bytes stay", () => {
  onLoop(function* () {
    const reader = new StreamReader(4);
    reader.feedData(bytes("abcdefgh"));
    const error = yield* failureOf(reader.readuntil(bytes("$$")));
    assert.ok(error instanceof LimitOverrunError);
    assert.equal(error.consumed, 7);
    assert.equal(error.message, "Separator is not found, and chunk exceed the limit");
    assert.equal(text(yield* reader.readexactly(8)), "abcdefgh");
  });
});

test("a separator behind more than the limit raises LimitOverrunError with its place, and the bytes stay", () => {
  onLoop(function* () {
    const reader = new StreamReader(4);
    reader.feedData(bytes("abcdef\nxy"));
    const error = yield* failureOf(reader.readuntil());
    assert.ok(error instanceof LimitOverrunError);
    assert.equal(error.consumed, 6);
    assert.equal(error.message, "Separator is found, but chunk is longer than limit");
    assert.equal(text(yield* reader.readexactly(7)), "abcdef\n");
  });
});

test("a message of exactly the limit before its separator is given", () => {
  onLoop(function* () {
    assert.equal(text(yield* ended("abcd\n", 4).readline()), "abcd\n");
  });
});

test("readline gives lines, the last one without newline, and then no bytes", () => {
  onLoop(function* () {
    const reader = ended("one\n\ntwo");
    assert.equal(text(yield* reader.readline()), "one\n");
    assert.equal(text(yield* reader.readline()), "\n");
    assert.equal(text(yield* reader.readline()), "two");
    assert.equal((yield* reader.readline()).length, 0);
  });
});

test("readline throws a line that is too long away with its newline, as ValueError, and goes on with the next", () => {
  onLoop(function* () {
    const reader = ended("much too long\nok\n", 4);
    assert.ok((yield* failureOf(reader.readline())) instanceof ValueError);
    assert.equal(text(yield* reader.readline()), "ok\n");
  });
});

test("readline throws away what came of a line that is too long when its newline has not come", () => {
  onLoop(function* () {
    const reader = new StreamReader(4);
    reader.feedData(bytes("much too long"));
    assert.ok((yield* failureOf(reader.readline())) instanceof ValueError);
    reader.feedData(bytes("end\n"));
    assert.equal(text(yield* reader.readline()), "end\n");
  });
});

test("a native `for await` reads line by line up to the end", async () => {
  await onHostLoop(async () => {
    const lines: string[] = [];
    for await (const line of ended("a\nb\nc")) lines.push(text(line));
    assert.deepEqual(lines, ["a\n", "b\n", "c"]);
  });
});

test("forEach reads line by line, and anext raises StopAsyncIteration at the end", () => {
  onLoop(function* ({ trace }) {
    yield* forEach(ended("a\nb\n"), (line) => trace.add(text(line)));
    trace.assertIs(["a\n", "b\n"]);
    const iterator = ended("z")[Symbol.asyncIterator]();
    assert.equal(text(yield* anext(iterator)), "z");
    assert.ok((yield* failureOf(anext(iterator))) instanceof StopAsyncIteration);
  });
});

test("a hundred thousand lines in small chunks are read in time that grows with their number alone", () => {
  onLoop(function* () {
    const reader = new StreamReader();
    const line = bytes("0123456789\n");
    for (let i = 0; i < 100_000; i++) reader.feedData(line);
    reader.feedEof();
    let count = 0;
    while ((yield* reader.readline()).length === line.length) count++;
    assert.equal(count, 100_000);
  });
});
