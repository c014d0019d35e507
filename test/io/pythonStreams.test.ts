// Python's own asyncio beside us: the same scripts give the same traces, and each talks to the other's servers.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { wrapFuture, type Steps } from "../../bindings/index.js";
import { openConnection, startServer, type StreamReader, type StreamWriter } from "../../bindings/io.js";
import { onLoop } from "../support/onLoop.js";
import { freshSeed, seeded } from "../support/seed.js";
import { LOCALHOST, onNetwork, portOf } from "./connectedStreams.js";
import { noPython, programPath, python, runPython } from "./pythonHere.js";
import { randomScript } from "./randomScript.js";
import { runScript, type StreamScript } from "./streamScript.js";
import { bytes, text } from "./text.js";

const SCRIPTS = 2_000;

/** WASYNCIO_SEED repeats a run. */
const seed = Number(process.env["WASYNCIO_SEED"] ?? freshSeed());

function tracesOfPython(scripts: readonly StreamScript[]): string[][] {
  const input = scripts.map((script) => JSON.stringify(script)).join("\n");
  const lines = runPython("stream_scripts.py", [], input).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as string[]);
}

test("random scripts of reads, writes, ends and cancellations give asyncio's traces", { skip: noPython }, () => {
  const replay = (): string => `WASYNCIO_SEED=${seed} npm test -- io/pythonStreams`;
  seeded(seed, replay, (random) => {
    const [major, minor] = python!.version;
    const hasSeveral = major > 3 || minor >= 13;
    const scripts = Array.from({ length: SCRIPTS }, () => randomScript(random, hasSeveral));
    const expected = tracesOfPython(scripts);
    for (const [i, script] of scripts.entries()) {
      const trace = onLoop(() => runScript(script));
      assert.deepEqual(trace, expected[i], JSON.stringify(script));
    }
  });
});

function* serve(reader: StreamReader, writer: StreamWriter): Steps<void> {
  let size = 0;
  for (;;) {
    const line = yield* reader.readline();
    if (line.length === 0) break;
    size += line.length;
    writer.write(line);
    yield* writer.drain();
  }
  writer.write(bytes(`${size} bytes\n`));
  yield* writer.drain();
  writer.close();
  yield* writer.waitClosed();
}

const LINES = ["one\n", "two\n", `${"x".repeat(10_000)}\n`];

test("a client in Python talks to a server of ours", { skip: noPython }, async () => {
  const reports = await onNetwork(function* () {
    const server = yield* startServer(serve, LOCALHOST, 0);
    const client = spawn(python!.command, [programPath("stream_peer.py"), "client", String(portOf(server))], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let heard = "";
    client.stdout.setEncoding("utf8").on("data", (more: string) => (heard += more));
    yield* wrapFuture(new Promise((resolve) => client.on("close", resolve)));
    assert.equal(heard, "4\n4\n10001\n10009 bytes\nclosed\n");
    server.close();
  });
  assert.deepEqual(reports, []);
});

test("a client of ours talks to a server in Python", { skip: noPython }, async () => {
  const server = spawn(python!.command, [programPath("stream_peer.py"), "server"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => server.on("close", resolve));
  const port = Number(await new Promise((resolve) => createInterface({ input: server.stdout }).once("line", resolve)));
  const reports = await onNetwork(function* () {
    const [reader, writer] = yield* openConnection(LOCALHOST, port);
    for (const line of LINES) {
      writer.write(bytes(line));
      yield* writer.drain();
      assert.equal(text(yield* reader.readline()), line);
    }
    writer.writeEof();
    assert.equal(text(yield* reader.read()), "10009 bytes\n");
    writer.close();
    yield* writer.waitClosed();
  });
  assert.deepEqual(reports, []);
  assert.equal(await ended, 0);
});
