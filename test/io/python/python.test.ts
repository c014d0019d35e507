// The same scripts on Python's asyncio and here: each end's protocol is told the same, in the same order, whoever is at
// the other end.
import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { run, wrapFuture, type Steps } from "../../../bindings/index.js";
import { testWhere } from "../../support/testWhere.js";
import { runScript, type Outcome, type Script } from "./script.js";

const PEER = fileURLToPath(new URL("../../../../test/io/python/peer.py", import.meta.url));

const hasPython = spawnSync("python3", ["-c", "import asyncio, sys; sys.exit(sys.version_info < (3, 9))"]).status === 0;

/** Python's side, and the lines that it prints. */
class Peer {
  private readonly child: ChildProcess;
  private readonly lines: string[] = [];
  private rest = "";
  private readonly waiting: ((line: string) => void)[] = [];

  constructor(script: Script, role: string, ...more: string[]) {
    this.child = spawn("python3", [PEER, JSON.stringify(script), role, ...more], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      const lines = (this.rest + text).split("\n");
      this.rest = lines.pop()!;
      for (const line of lines) {
        const waiter = this.waiting.shift();
        if (waiter === undefined) this.lines.push(line);
        else waiter(line);
      }
    });
    this.child.on("exit", () => {
      for (const waiter of this.waiting.splice(0)) waiter('{"traces":{},"reports":["Python ended early"]}');
    });
  }

  line(): Promise<string> {
    const line = this.lines.shift();
    return line === undefined ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve(line);
  }

  async outcome(): Promise<Outcome> {
    return JSON.parse(await this.line()) as Outcome;
  }
}

const scripts: Readonly<Record<string, Script>> = {
  "a question and an answer, the client closes": {
    server: { "data hello": [["write", "welcome."]] },
    client: { made: [["write", "hello."], ["state"]], "data welcome": [["close"], ["state"], ["close"]] },
  },
  "the server closes": {
    server: { "data bye": [["write", "bye."], ["close"], ["state"]] },
    client: { made: [["write", "bye."]] },
  },
  "an answer after the other half has ended": {
    server: { keepOpen: true, eof: [["state"], ["write", "late."], ["close"]] },
    client: { made: [["write", "question."], ["writeEof"], ["state"]] },
  },
  "eof without keeping open": {
    server: { eof: [["write", "never read."]] },
    client: { made: [["writeEof"]], "data never read": [] },
  },
  "writelines, and writes after close": {
    server: { "data three": [["close"], ["write", "x"], ["writelines", "y"], ["abort"]] },
    client: { made: [["writelines", "one.", "two.", "three."]] },
  },
  "abort in connection_made": {
    server: {},
    client: { made: [["abort"], ["state"]] },
  },
  "reading paused from the start": {
    server: { made: [["pause"], ["state"], ["resumeSoon"]], "data after": [["state"], ["close"]] },
    client: {
      made: [
        ["write", "held."],
        ["write", "after."],
      ],
    },
  },
  "a pause between two messages": {
    server: {
      "data one": [["pause"], ["write", "next."], ["resumeSoon"]],
      "data two": [["state"], ["close"]],
    },
    client: { made: [["write", "one."]], "data next": [["write", "two."]] },
  },
  "a full buffer pauses writing": {
    server: { made: [["pause"], ["resumeSoon"]], "data end": [["close"]] },
    client: {
      made: [["limits", 1000], ["state"], ["fill", 8_000_000]],
      "pause writing": [["state"]],
      "resume writing": [
        ["write", "."],
        ["write", "end."],
      ],
    },
  },
  "data_received raises": {
    server: { "data bad": [["raise"]] },
    client: { made: [["write", "bad."]] },
  },
  "eof_received raises": {
    server: { eof: [["raise"]] },
    client: { made: [["writeEof"]] },
  },
  "write_eof twice, then write raises": {
    server: { keepOpen: true, eof: [["close"]] },
    client: { made: [["writeEof"], ["writeEof"], ["state"]] },
  },
};

/** One end here, the other there; each end's trace. */
async function crossed(script: Script, ours: "server" | "client"): Promise<Outcome["traces"]> {
  if (ours === "client") {
    const peer = new Peer(script, "server");
    const port = Number(await peer.line());
    const [here, there] = await Promise.all([run(() => runScript(script, "client", port)), peer.outcome()]);
    return { ...here.traces, ...there.traces };
  }
  return await run(function* (): Steps<Outcome["traces"]> {
    let peer!: Peer;
    const here = yield* runScript(script, "server", null, (port) => {
      peer = new Peer(script, "client", String(port));
    });
    const there = yield* wrapFuture(peer.outcome());
    return { ...here.traces, ...there.traces };
  });
}

/** A message of millions of bytes is as good as its length. */
function shortened(traces: Outcome["traces"]): Outcome["traces"] {
  const shorten = (event: string): string => (event.length > 100 ? `${event.slice(0, 10)}… ${event.length}` : event);
  return Object.fromEntries(Object.entries(traces).map(([name, trace]) => [name, trace.map(shorten)]));
}

for (const [title, script] of Object.entries(scripts)) {
  testWhere(
    hasPython,
    "there is no python3 (3.9 or later) to compare with",
    `as Python's asyncio: ${title}`,
    async () => {
      const peer = new Peer(script, "both");
      await peer.line();
      const expected = await peer.outcome();
      const traces = shortened(expected.traces);
      const ours = await run(() => runScript(script, "both", null));
      assert.deepEqual(shortened(ours.traces), traces, "both ends here");
      assert.deepEqual(ours.reports, expected.reports, "what is reported");
      assert.deepEqual(shortened(await crossed(script, "server")), traces, "our server, Python's client");
      assert.deepEqual(shortened(await crossed(script, "client")), traces, "our client, Python's server");
    },
  );
}
