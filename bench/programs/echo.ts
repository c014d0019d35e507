/* echo.js streams|bare: what an echo server pays for a request of 1 KiB on one of 64 connections. */
import { createServer, type AddressInfo } from "node:net";
import { run, type Steps } from "wasyncio";
import { startServer, type StreamReader, type StreamWriter } from "wasyncio/io";
import { measureUnderLoad } from "./underLoad.js";

function* echo(reader: StreamReader, writer: StreamWriter): Steps<void> {
  for (;;) {
    const data = yield* reader.read(65_536);
    if (data.length === 0) break;
    writer.write(data);
    yield* writer.drain();
  }
  writer.close();
}

const servers: Readonly<Record<string, () => Promise<number>>> = {
  streams: () =>
    run(function* () {
      const server = yield* startServer(echo, "127.0.0.1", 0);
      const [{ port }] = server.sockets as [AddressInfo];
      return (yield measureUnderLoad(port, "echo")) as number;
    }),
  bare: async () => {
    const server = createServer((socket) => socket.on("data", (data) => socket.write(data)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return measureUnderLoad((server.address() as AddressInfo).port, "echo");
  },
};

console.log(await servers[process.argv[2]!]!());
process.exit();
