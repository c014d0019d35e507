// After a cancellation anywhere: every byte that came was read once or is still in the reader, nobody waits in vain, and a
// paused transport goes on. See everyCancellation.ts for what "anywhere" is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { getRunningLoop, type Steps } from "../../bindings/index.js";
import { StreamReader, StreamReaderProtocol, StreamWriter } from "../../bindings/io.js";
import { cancelEverywhere, cancelTwiceEverywhere, type Scenario } from "../support/everyCancellation.js";
import { ScriptedTransport } from "./scriptedTransport.js";
import { bytes, text } from "./text.js";

const MESSAGE = ["on", "e\ntwo\n", "thr", "ee;four", ";"];

class World {
  readonly reader: StreamReader;
  readonly protocol: StreamReaderProtocol;
  readonly writer: StreamWriter;
  readonly transport: ScriptedTransport;
  fed = "";
  read = "";

  constructor() {
    this.reader = new StreamReader({ limit: 8 });
    this.protocol = new StreamReaderProtocol(this.reader);
    this.transport = new ScriptedTransport();
    this.protocol.connectionMade(this.transport);
    this.writer = new StreamWriter(this.transport, this.protocol, this.reader, getRunningLoop());
  }

  feed(chunk: string): void {
    this.fed += chunk;
    this.protocol.dataReceived(bytes(chunk));
  }

  *checkBytes(): Steps<void> {
    this.reader.feedEof();
    this.read += text(yield* this.reader.read());
    assert.equal(this.read, this.fed);
    const pauses = this.transport.calls.filter((call) => call === "pause").length;
    assert.equal(this.transport.calls.filter((call) => call === "resume").length, pauses);
  }
}

const feeding: Scenario<World>["tasks"][string] = function* (world, point) {
  for (const chunk of MESSAGE) {
    point();
    world.feed(chunk);
    yield;
  }
};

const reading: Scenario<World> = {
  make: () => new World(),
  tasks: {
    feeder: feeding,
    reader: function* (world, point) {
      const { reader } = world;
      const reads = [
        () => reader.readline(),
        () => reader.readexactly(4),
        () => reader.read(2),
        () => reader.readuntil([bytes(";"), bytes("r;")]),
        () => reader.readuntil(bytes(";")),
      ];
      for (const read of reads) {
        point();
        world.read += text(yield* read());
      }
    },
  },
  settle: (world) => {
    // A reader whose feeder was cancelled waits rightly.
    for (let i = 0; i < 6; i++) world.feed("ab;\n");
  },
  check: (world) => world.checkBytes(),
};

test("reads: every byte is read once or kept, wherever a task is cancelled", () => {
  cancelEverywhere(reading);
});

test("reads: the same with two cancellations", () => {
  cancelTwiceEverywhere(reading);
});

const drain: Scenario<World>["tasks"][string] = function* ({ writer }, point) {
  for (let i = 0; i < 3; i++) {
    point();
    writer.write(bytes("x"));
    yield* writer.drain();
  }
};

const draining: Scenario<World> = {
  make: () => new World(),
  tasks: {
    transport: function* ({ protocol }, point) {
      for (let i = 0; i < 3; i++) {
        point();
        protocol.pauseWriting();
        yield;
        yield;
        protocol.resumeWriting();
        yield;
      }
    },
    first: drain,
    second: drain,
  },
  settle: ({ protocol }) => protocol.resumeWriting(),
  check: ({ protocol }) => assert.equal(protocol._drainers.size, 0),
};

test("drain: nobody is left waiting, wherever a task is cancelled", () => {
  cancelEverywhere(draining);
});
