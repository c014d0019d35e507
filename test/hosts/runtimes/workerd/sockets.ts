// openConnection in workerd, against the server of socketServer.ts.
import assert from "node:assert/strict";
import {
  ConnectionError,
  createTask,
  gather,
  IncompleteReadError,
  isCancelled,
  OSError,
  run,
  sleep,
  type Steps,
} from "../../../../bindings/index.js";
import { openConnection } from "../../../../bindings/io.js";
import { emptyResult, type Result } from "../result.js";
import { describe } from "../standIns/nodeTest.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array): string => new TextDecoder().decode(data);

function* failureOf(awaitable: object): Steps<unknown> {
  try {
    yield* awaitable as Steps<unknown>;
  } catch (error) {
    return error;
  }
  throw new Error("an error was expected");
}

const tests: Readonly<Record<string, (port: number) => Steps<void>>> = {
  "lines come back from an echo server": function* (port) {
    const [reader, writer] = yield* openConnection("127.0.0.1", port);
    for (const line of ["one\n", "two\n", "three\n"]) {
      writer.write(bytes(line));
      yield* writer.drain();
      assert.equal(text(yield* reader.readline()), line);
    }
    writer.close();
    yield* writer.waitClosed();
  },
  "ten connections talk at once": function* (port) {
    function* talk(word: string): Steps<string> {
      const [reader, writer] = yield* openConnection("127.0.0.1", port);
      writer.write(bytes(word));
      const answer = text(yield* reader.readexactly(word.length));
      writer.close();
      return answer;
    }
    const words = Array.from({ length: 10 }, (_, i) => `word ${i}`);
    assert.deepEqual(yield* gather(words.map((word) => createTask(talk(word)))), words);
  },
  "after writeEof the answer still comes": function* (port) {
    const [reader, writer] = yield* openConnection("127.0.0.1", port);
    writer.write(bytes("sum\n"));
    writer.write(new Uint8Array(300_000));
    yield* writer.drain();
    writer.writeEof();
    assert.equal(text(yield* reader.read()), "300004");
    writer.close();
    yield* writer.waitClosed();
  },
  "an end in the middle raises IncompleteReadError": function* (port) {
    const [reader, writer] = yield* openConnection("127.0.0.1", port);
    writer.write(bytes("bye\n"));
    const error = yield* failureOf(reader.readexactly(10));
    assert.ok(error instanceof IncompleteReadError);
    assert.equal(text(error.partial), "12345");
    writer.close();
  },
  // miniflare tells a reset as an end.
  "a reset ends a read with an error": function* (port) {
    const [reader, writer] = yield* openConnection("127.0.0.1", port);
    writer.write(bytes("reset\n"));
    const error = yield* failureOf(reader.readexactly(10));
    assert.ok(error instanceof OSError || error instanceof IncompleteReadError);
    writer.close();
  },
  "a refused connection raises ConnectionError": function* () {
    assert.ok((yield* failureOf(openConnection("127.0.0.1", 1))) instanceof ConnectionError);
  },
  "a cancelled read leaves the stream as it was": function* (port) {
    const [reader, writer] = yield* openConnection("127.0.0.1", port);
    const reading = createTask(reader.readline());
    yield* sleep(5);
    reading.cancel();
    assert.ok(isCancelled(yield* failureOf(reading)));
    writer.write(bytes("later\n"));
    assert.equal(text(yield* reader.readline()), "later\n");
    writer.close();
  },
};

export async function runSocketTests(port: number): Promise<Result> {
  const result = emptyResult();
  for (const [title, test] of Object.entries(tests)) {
    try {
      await run(() => test(port));
      result.passed++;
    } catch (error) {
      result.failed++;
      result.notes.push(`${title}: ${describe(error)}`);
    }
  }
  return result;
}
