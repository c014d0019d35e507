// The classic: GET three sites at once by hand and print their headers. The sites are two web servers of this program.
import { coroutine, gather, run } from "wasyncio";
import { openConnection, type SocketAddress } from "wasyncio/io";
import { serveByProtocol } from "./httpByProtocol.js";
import { serveByStreams } from "./httpByStreams.js";

const decoder = new TextDecoder();

const headersOf = coroutine(function* (port: number, path: string) {
  const [reader, writer] = yield* openConnection("127.0.0.1", port);
  writer.write(new TextEncoder().encode(`GET ${path} HTTP/1.0\r\nHost: localhost\r\n\r\n`));
  yield* writer.drain();
  const lines: string[] = [];
  for (;;) {
    const line = decoder.decode(yield* reader.readline()).trimEnd();
    if (line === "") break;
    lines.push(line);
  }
  writer.close();
  return lines;
});

export async function headers(): Promise<void> {
  await run(function* () {
    const servers = [yield* serveByStreams(), yield* serveByProtocol()];
    const [streams, protocol] = servers.map((server) => (server.sockets[0] as SocketAddress).port) as [number, number];
    const sites: readonly (readonly [port: number, path: string])[] = [
      [streams, "/"],
      [protocol, "/"],
      [protocol, "/missing"],
    ];
    const answers = yield* gather(sites.map(([port, path]) => headersOf(port, path)));
    for (const lines of answers) console.log(lines.join(" | "));
    for (const server of servers) server.close();
  });
}
