// What the compiler must know about streams and request handlers. This file is compiled with the tests; nothing of it runs.
import { coroutine, run, sleep, toFetchHandler, type Coroutine } from "../../bindings/index.js";
import {
  openConnection,
  startServer,
  StreamReader,
  type StreamWriter,
  type Server,
  type SocketAddress,
} from "../../bindings/io.js";
import type { Equal, Expect } from "./expect.js";

const opening = openConnection("localhost", 80, { limit: 10, ssl: true, happyEyeballsDelay: 250 });
export type Opening = Expect<Equal<typeof opening, Coroutine<[reader: StreamReader, writer: StreamWriter]>>>;
// @ts-expect-error an unknown option
openConnection("localhost", 80, { limt: 10 });

const talk = coroutine(function* () {
  const [reader, writer] = yield* openConnection("localhost", 80);
  writer.write(new TextEncoder().encode("GET / HTTP/1.0\r\n\r\n"));
  // @ts-expect-error text is no bytes
  writer.write("GET / HTTP/1.0\r\n\r\n");
  // @ts-expect-error nor is it a separator
  reader.readuntil("\n");
  reader.readuntil([new Uint8Array(1), new Uint8Array(2)]);
  yield* writer.drain();
  return yield* reader.readline();
});
const line = run(talk);
export type Line = Expect<Equal<typeof line, Promise<Uint8Array<ArrayBufferLike>>>>;

const servers = [
  startServer(
    function* (reader: StreamReader, writer: StreamWriter) {
      writer.write(yield* reader.read());
    },
    null,
    0,
  ),
  startServer(async (reader, writer) => writer.write(await reader.read()), ["::1", "127.0.0.1"], 0),
  startServer((_reader, writer) => writer.close(), "localhost", 0, { backlog: 5, limit: 10 }),
] as const;
export type Servers = Expect<Equal<(typeof servers)[number], Coroutine<Server>>>;
export const portOf = (server: Server): number => (server.sockets[0] as SocketAddress).port;

export const web: ReadableStream<Uint8Array> = new StreamReader({ limit: 5 }).toWeb();
export const back: StreamReader = StreamReader.fromWeb(web);

const handler = toFetchHandler(function* (request: Request, { signal }) {
  yield* sleep(1);
  return new Response(signal.aborted ? null : request.url);
});
export type Handler = Expect<Equal<typeof handler, (request: Request) => Promise<Response>>>;
toFetchHandler(async (_request, { signal }) => fetch("about:blank", { signal }));
toFetchHandler(() => sleep(1, new Response()));
// @ts-expect-error no function
toFetchHandler(5);
