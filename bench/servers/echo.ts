/*
 * echo.js streams|protocols|bare
 *
 * What an echo server pays for a request of 1 KiB on one of 64 connections.
 */
import { createServer, type AddressInfo } from "node:net";
import { getRunningLoop, run, type Steps } from "wasyncio";
import { Protocol, startServer, type BaseTransport, type Server, type Transport } from "wasyncio/io";
import { echo } from "./echoStream.js";
import { measureUnderLoad } from "./underLoad.js";

class Echo extends Protocol {
  private transport: Transport | null = null;

  override connectionMade(transport: BaseTransport): void {
    this.transport = transport as Transport;
  }

  override dataReceived(data: Uint8Array): void {
    this.transport!.write(data);
  }
}

function* measure(server: Server): Steps<number> {
  const [{ port }] = server.sockets as [AddressInfo];
  return (yield measureUnderLoad(port, "echo")) as number;
}

const servers: Readonly<Record<string, () => Promise<number>>> = {
  streams: () =>
    run(function* () {
      return yield* measure(yield* startServer(echo, "127.0.0.1", 0));
    }),
  protocols: () =>
    run(function* () {
      return yield* measure(yield* getRunningLoop().createServer(() => new Echo(), "127.0.0.1", 0));
    }),
  bare: async () => {
    const server = createServer((socket) => socket.on("data", (data) => socket.write(data)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return measureUnderLoad((server.address() as AddressInfo).port, "echo");
  },
};

console.log(await servers[process.argv[2]!]!());
process.exit();
