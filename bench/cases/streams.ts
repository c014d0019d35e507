// A question and its answer over a connection to the same process, both ends by streams. What a server alone pays is
// measured under load, see servers/.
import { createServer, connect, type AddressInfo, type Server as HostServer, type Socket } from "node:net";
import { openConnection, startServer, type Server, type StreamReader, type StreamWriter } from "wasyncio/io";
import type { Case } from "../case.js";
import { echo } from "../servers/echoStream.js";

const ROUND_TRIPS = 1000;
const QUESTION = new Uint8Array(1024);

let server: Server;
let reader: StreamReader;
let writer: StreamWriter;

let hostServer: HostServer;
let socket: Socket;

async function listenNatively(): Promise<void> {
  hostServer = createServer({ noDelay: true }, (accepted) => accepted.on("data", (data) => accepted.write(data)));
  await new Promise<void>((resolve) => hostServer.listen(0, "127.0.0.1", resolve));
  socket = connect({ port: (hostServer.address() as AddressInfo).port, host: "127.0.0.1", noDelay: true });
  await new Promise<void>((resolve) => socket.once("connect", resolve));
}

/** The answer to one question may come in pieces. */
async function askNatively(): Promise<void> {
  let missing = QUESTION.length;
  let answered!: () => void;
  const onData = (data: Uint8Array): void => {
    missing -= data.length;
    if (missing === 0) answered();
  };
  socket.on("data", onData);
  for (let i = 0; i < ROUND_TRIPS; i++) {
    missing = QUESTION.length;
    const answer = new Promise<void>((resolve) => (answered = resolve));
    socket.write(QUESTION);
    await answer;
  }
  socket.off("data", onData);
}

const roundTrip: Case = {
  name: "streams echo, a round trip of 1 KiB",
  against: "node:net",
  n: ROUND_TRIPS,
  ours: {
    *prepare() {
      server = yield* startServer(echo, "127.0.0.1", 0);
      [reader, writer] = yield* openConnection("127.0.0.1", (server.sockets[0] as AddressInfo).port);
    },
    *run() {
      for (let i = 0; i < ROUND_TRIPS; i++) {
        writer.write(QUESTION);
        yield* reader.readexactly(QUESTION.length);
      }
    },
    *cleanup() {
      writer.close();
      yield* writer.waitClosed();
      server.close();
      yield* server.waitClosed();
    },
  },
  native: {
    prepare: listenNatively,
    run: askNatively,
    cleanup: async () => {
      socket.destroy();
      await new Promise((resolve) => hostServer.close(resolve));
    },
  },
};

export const streamCases: readonly Case[] = [roundTrip];
