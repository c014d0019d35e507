// A client and a server of streams on this machine, for a test to talk through.
import assert from "node:assert/strict";
import { run, timeout, type ExceptionContext, type Steps } from "../../bindings/index.js";
import {
  openConnection,
  startServer,
  type ClientConnected,
  type OpenConnectionOptions,
  type Server,
  type SocketAddress,
  type StartServerOptions,
  type StreamReader,
  type StreamWriter,
} from "../../bindings/io.js";

export const LOCALHOST = "127.0.0.1";
const MAX_MS = 10_000;

export function portOf(server: Server): number {
  return (server.sockets[0] as SocketAddress).port;
}

export type Client = (reader: StreamReader, writer: StreamWriter, server: Server) => Steps<void>;

interface Options {
  readonly server?: StartServerOptions;
  readonly client?: OpenConnectionOptions;
}

/** Runs a test on a loop of the host; what was reported to its exception handler. Ten seconds are too long. */
export async function onNetwork(body: () => Steps<void>): Promise<ExceptionContext[]> {
  const reports: ExceptionContext[] = [];
  await run((task) => {
    task.getLoop().setExceptionHandler((_loop, context) => reports.push(context));
    return timeout(MAX_MS, body);
  });
  return reports;
}

/** `client` with the streams of a connection to a server of `serve`. Nothing may be reported. */
export async function connected(serve: ClientConnected, client: Client, options: Options = {}): Promise<void> {
  const reports = await onNetwork(function* () {
    const server = yield* startServer(serve, LOCALHOST, 0, options.server);
    try {
      const [reader, writer] = yield* openConnection(LOCALHOST, portOf(server), options.client);
      yield* client(reader, writer, server);
      writer.close();
    } finally {
      server.close();
    }
  });
  assert.deepEqual(reports, []);
}

export function* echo(reader: StreamReader, writer: StreamWriter): Steps<void> {
  for (;;) {
    const data = yield* reader.read(1000);
    if (data.length === 0) break;
    writer.write(data);
    yield* writer.drain();
  }
  writer.close();
}
