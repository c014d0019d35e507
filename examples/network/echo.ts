// A TCP echo server and its clients.
import { coroutine, gather, run } from "wasyncio";
import { openConnection, startServer, type SocketAddress, type StreamReader, type StreamWriter } from "wasyncio/io";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const serve = coroutine(function* (reader: StreamReader, writer: StreamWriter) {
  for (;;) {
    const line = yield* reader.readline();
    if (line.length === 0) break;
    writer.write(line);
    yield* writer.drain();
  }
  writer.close();
});

const talk = coroutine(function* (port: number, words: readonly string[]) {
  const [reader, writer] = yield* openConnection("127.0.0.1", port);
  let heard = "";
  for (const word of words) {
    writer.write(encoder.encode(`${word}\n`));
    heard += decoder.decode(yield* reader.readline());
  }
  writer.close();
  yield* writer.waitClosed();
  return heard.trimEnd().split("\n");
});

export async function echo(): Promise<void> {
  await run(function* () {
    const server = yield* startServer(serve, "127.0.0.1", 0);
    const { port } = server.sockets[0] as SocketAddress;
    const answers = yield* gather([talk(port, ["one", "two"]), talk(port, ["uno", "due", "tre"])]);
    for (const answer of answers) console.log(`echoed: ${answer.join(" ")}`);
    server.close();
    yield* server.waitClosed();
  });
}
