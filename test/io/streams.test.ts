// Streams over real sockets, as asyncio's behave.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createTask, Event, gather, sleep, ValueError, type Steps } from "../../bindings/index.js";
import {
  openConnection,
  openUnixConnection,
  startServer,
  startUnixServer,
  type StreamReader,
  type StreamWriter,
} from "../../bindings/io.js";
import { root } from "../support/child.js";
import { connected, echo, LOCALHOST, onNetwork, portOf } from "./connectedStreams.js";
import { bytes, text } from "./text.js";

test("what a client writes comes back from an echo server", async () => {
  await connected(echo, function* (reader, writer) {
    writer.write(bytes("hello"));
    yield* writer.drain();
    assert.equal(text(yield* reader.readexactly(5)), "hello");
    writer.writelines([bytes("a"), bytes("b\n")]);
    assert.equal(text(yield* reader.readline()), "ab\n");
  });
});

test("half-close: after writeEof the server reads the end, and its answer still comes", async () => {
  function* sum(reader: StreamReader, writer: StreamWriter): Steps<void> {
    const all = yield* reader.read();
    writer.write(bytes(`${all.length} bytes`));
    writer.close();
  }
  await connected(sum, function* (reader, writer) {
    assert.equal(writer.canWriteEof(), true);
    writer.write(bytes("123"));
    writer.write(bytes("4567"));
    writer.writeEof();
    assert.equal(text(yield* reader.read()), "7 bytes");
    assert.ok(reader.atEof());
  });
});

test("write after writeEof is refused", async () => {
  await connected(echo, function* (_reader, writer) {
    writer.writeEof();
    assert.throws(() => writer.write(bytes("late")), /RuntimeError/);
    yield;
  });
});

test("text given to write is a TypeError that names TextEncoder", async () => {
  await connected(echo, function* (_reader, writer) {
    assert.throws(() => writer.write("text" as unknown as Uint8Array), /TypeError.*TextEncoder/);
    yield;
  });
});

test("the streams know their connection's ends", async () => {
  let seen: unknown;
  const note = (_reader: StreamReader, writer: StreamWriter): void => {
    seen = writer.getExtraInfo("peername");
    writer.close();
  };
  await connected(note, function* (reader, writer, server) {
    assert.deepEqual(writer.getExtraInfo("peername"), { address: LOCALHOST, port: portOf(server), family: "IPv4" });
    yield* reader.read();
    assert.deepEqual(seen, writer.getExtraInfo("sockname"));
  });
});

test("each connection has a task of its own, and many talk at once", async () => {
  await onNetwork(function* () {
    const server = yield* startServer(echo, LOCALHOST, 0);
    function* talk(name: string): Steps<string> {
      const [reader, writer] = yield* openConnection(LOCALHOST, portOf(server));
      let answer = "";
      for (let i = 0; i < 20; i++) {
        writer.write(bytes(`${name}${i}\n`));
        answer += text(yield* reader.readline());
      }
      writer.close();
      yield* writer.waitClosed();
      return answer;
    }
    const names = Array.from({ length: 50 }, (_, i) => `client ${i}: `);
    const answers = yield* gather(names.map((name) => createTask(talk(name))));
    for (const [i, answer] of answers.entries()) {
      assert.equal(answer, Array.from({ length: 20 }, (_, k) => `${names[i]}${k}\n`).join(""));
    }
    server.close();
  });
});

test("slow reader: drain waits until the peer has read, and nothing is lost", async () => {
  const block = new Uint8Array(65_536).fill(1);
  const blocks = 100;
  const mayRead = new Event();
  let received = 0;
  let writerIsAhead = false;
  function* slow(reader: StreamReader, writer: StreamWriter): Steps<void> {
    yield* mayRead.wait();
    for (let data = yield* reader.read(100_000); data.length > 0; data = yield* reader.read(100_000)) {
      received += data.length;
    }
    writer.close();
  }
  await connected(slow, function* (reader, writer) {
    const writing = createTask(function* () {
      for (let i = 0; i < blocks; i++) {
        writer.write(block);
        yield* writer.drain();
      }
      writerIsAhead = !mayRead.isSet();
      writer.writeEof();
    });
    yield* sleep(50);
    assert.equal(writing.done(), false);
    mayRead.set();
    yield* writing;
    assert.equal(writerIsAhead, false);
    yield* reader.read();
    assert.equal(received, blocks * block.length);
  });
});

test("limit exceeded: a line longer than the limit is a ValueError, and the next line is read", async () => {
  const tell = function* (_reader: StreamReader, writer: StreamWriter): Steps<void> {
    writer.write(bytes(`${"x".repeat(100)}\nok\n`));
    writer.close();
    yield;
  };
  await connected(
    tell,
    function* (reader) {
      yield* sleep(20);
      let failure: unknown;
      try {
        yield* reader.readline();
      } catch (error) {
        failure = error;
      }
      assert.ok(failure instanceof ValueError);
      assert.equal(text(yield* reader.readline()), "ok\n");
    },
    { client: { limit: 64 } },
  );
});

test("a server's limit is that of each of its readers", async () => {
  const limits: string[] = [];
  await connected(
    (reader, writer) => {
      limits.push(String(reader));
      writer.close();
    },
    function* (reader) {
      yield* reader.read();
      assert.match(limits.join(), /limit=77/);
    },
    { server: { limit: 77 } },
  );
});

test("an async callback and native awaits on the client's side", async () => {
  await onNetwork(function* () {
    const server = yield* startServer(
      async (reader, writer) => {
        for await (const line of reader) {
          writer.write(line);
          await writer.drain();
        }
        writer.close();
        await writer.waitClosed();
      },
      LOCALHOST,
      0,
    );
    const client = async (): Promise<string> => {
      const [reader, writer] = await openConnection(LOCALHOST, portOf(server));
      writer.write(bytes("one\ntwo\n"));
      const lines = [await reader.readline(), await reader.readline()];
      writer.close();
      await writer.waitClosed();
      return lines.map(text).join("");
    };
    assert.equal((yield client()) as string, "one\ntwo\n");
    server.close();
  });
});

test("an unhandled failure of the callback is reported with its transport, and its connection closed", async () => {
  const reports = await onNetwork(function* () {
    const server = yield* startServer(
      function* (): Steps<void> {
        yield;
        throw new ValueError("broken");
      },
      LOCALHOST,
      0,
    );
    const [reader, writer] = yield* openConnection(LOCALHOST, portOf(server));
    assert.equal((yield* reader.read()).length, 0);
    writer.close();
    server.close();
  });
  assert.deepEqual(
    reports.map(({ message }) => message),
    ["Unhandled exception in client_connected_cb"],
  );
});

test("a unix socket's streams", { skip: process.platform === "win32" && "it has none" }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "streams-"));
  const path = join(folder, "socket");
  try {
    await onNetwork(function* () {
      const server = yield* startUnixServer(echo, path);
      const [reader, writer] = yield* openUnixConnection(path);
      writer.write(bytes("hello\n"));
      assert.equal(text(yield* reader.readline()), "hello\n");
      writer.close();
      yield* writer.waitClosed();
      server.close();
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const certificates = join(root, "test/io/certificates");
const cert = readFileSync(join(certificates, "localhost.cert.pem"), "utf8");
const key = readFileSync(join(certificates, "localhost.key.pem"), "utf8");

test("TLS streams on both sides", async () => {
  await connected(
    echo,
    function* (reader, writer) {
      assert.notEqual(writer.getExtraInfo("cipher"), null);
      writer.write(bytes("secret\n"));
      assert.equal(text(yield* reader.readline()), "secret\n");
    },
    { server: { ssl: { cert, key } }, client: { ssl: { ca: cert }, serverHostname: "localhost" } },
  );
});

test("startTls upgrades both ends of a connection in the middle of it", async () => {
  function* serve(reader: StreamReader, writer: StreamWriter): Steps<void> {
    assert.equal(text(yield* reader.readline()), "STARTTLS\n");
    writer.write(bytes("GO\n"));
    yield* writer.startTls({ cert, key });
    yield* echo(reader, writer);
  }
  await connected(serve, function* (reader, writer) {
    const plain = writer.transport;
    writer.write(bytes("STARTTLS\n"));
    assert.equal(text(yield* reader.readline()), "GO\n");
    yield* writer.startTls({ ca: cert }, { serverHostname: "localhost" });
    assert.notEqual(writer.transport, plain);
    writer.write(bytes("secret\n"));
    assert.equal(text(yield* reader.readline()), "secret\n");
  });
});
