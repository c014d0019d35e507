// The web's streams over ours, and ours over the web's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { IncompleteReadError, sleep, ValueError, wrapFuture, type Steps } from "../../bindings/index.js";
import { StreamReader, StreamWriter } from "../../bindings/io.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop } from "../support/onLoop.js";
import { bytes, text } from "./text.js";

/** What a stream of the platform was asked for, chunk by chunk. */
function source(chunks: readonly string[]): { stream: ReadableStream<Uint8Array>; pulled: () => number } {
  let pulled = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (pulled === chunks.length) controller.close();
        else controller.enqueue(bytes(chunks[pulled++]!));
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, pulled: () => pulled };
}

test("fromWeb reads lines from a ReadableStream, and its end", async () => {
  await onHostLoop(function* (): Steps<void> {
    const reader = StreamReader.fromWeb(source(["on", "e\ntw", "o\n", "rest"]).stream);
    assert.equal(text(yield* reader.readline()), "one\n");
    assert.equal(text(yield* reader.readuntil(bytes("o\n"))), "two\n");
    assert.equal(text(yield* reader.read()), "rest");
    assert.ok(reader.atEof());
  });
});

test("fromWeb takes no more from the stream than its limit allows", async () => {
  await onHostLoop(function* (): Steps<void> {
    const { stream, pulled } = source(Array.from({ length: 100 }, () => "0123456789"));
    const reader = StreamReader.fromWeb(stream, { limit: 20 });
    yield* sleep(50);
    assert.ok(pulled() < 10, `${pulled()} chunks were taken`);
    assert.equal((yield* reader.read()).length, 1000);
  });
});

test("fromWeb: what the stream fails with is what reads throw", async () => {
  await onHostLoop(function* (): Steps<void> {
    const broken = new ValueError("broken");
    const stream = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(broken) });
    assert.equal(yield* failureOf(StreamReader.fromWeb(stream).read()), broken);
  });
});

test("fromWeb of something else is a TypeError", async () => {
  await onHostLoop(function* (): Steps<void> {
    assert.throws(() => StreamReader.fromWeb(5 as never), TypeError);
    assert.throws(() => StreamWriter.fromWeb(5 as never), TypeError);
    yield;
  });
});

test("a writer of fromWeb writes to a WritableStream, and waitClosed waits until that is closed", async () => {
  await onHostLoop(function* (): Steps<void> {
    const written: string[] = [];
    const stream = new WritableStream<Uint8Array>({
      write: (chunk) => void written.push(text(chunk)),
      close: () => void written.push("closed"),
    });
    const writer = StreamWriter.fromWeb(stream);
    writer.write(bytes("one"));
    writer.writelines([bytes("two"), bytes("three")]);
    yield* writer.drain();
    writer.close();
    yield* writer.waitClosed();
    assert.deepEqual(written, ["one", "two", "three", "closed"]);
  });
});

test("a writer of fromWeb drains as fast as the WritableStream takes", async () => {
  await onHostLoop(function* (): Steps<void> {
    let taken = 0;
    const stream = new WritableStream<Uint8Array>({
      write: async (chunk) => {
        await sleep(1);
        taken += chunk.length;
      },
    });
    const writer = StreamWriter.fromWeb(stream);
    const block = new Uint8Array(50_000);
    for (let i = 0; i < 5; i++) {
      writer.write(block);
      yield* writer.drain();
    }
    assert.ok(taken >= 3 * block.length, `${taken} bytes were taken`);
    writer.close();
    yield* writer.waitClosed();
    assert.equal(taken, 5 * block.length);
  });
});

test("a WritableStream that fails is what drain and waitClosed throw", async () => {
  await onHostLoop(function* (): Steps<void> {
    const broken = new ValueError("broken");
    const writer = StreamWriter.fromWeb(
      new WritableStream<Uint8Array>({
        write: () => {
          throw broken;
        },
      }),
    );
    writer.write(bytes("x"));
    assert.equal(yield* failureOf(writer.waitClosed()), broken);
  });
});

test("toWeb of a reader is a ReadableStream of what is read from there on", async () => {
  await onHostLoop(function* (): Steps<void> {
    const reader = new StreamReader();
    reader.feedData(bytes("head\nbody "));
    yield* reader.readline();
    const all = wrapFuture(new Response(reader.toWeb()).text());
    yield* sleep(1);
    reader.feedData(bytes("goes on"));
    reader.feedEof();
    assert.equal(yield* all, "body goes on");
  });
});

test("a reader's failure fails its ReadableStream, and cancelling that leaves the rest in the reader", async () => {
  await onHostLoop(function* (): Steps<void> {
    const reader = new StreamReader();
    const web = reader.toWeb().getReader();
    const reading = wrapFuture(web.read());
    reader.setException(new IncompleteReadError(new Uint8Array(), 1));
    assert.ok((yield* failureOf(reading)) instanceof IncompleteReadError);
    const other = new StreamReader();
    const stream = other.toWeb();
    yield* wrapFuture(stream.cancel());
    other.feedData(bytes("kept"));
    assert.equal(text(yield* other.read(9)), "kept");
  });
});
