// The same web server with a protocol class: the transport calls it, nothing waits.
import { coroutine, getRunningLoop } from "wasyncio";
import { Protocol, type BaseTransport, type Server, type Transport } from "wasyncio/io";
import { answerTo } from "./httpByStreams.js";

const decoder = new TextDecoder();

class OnePage extends Protocol {
  private transport: Transport | null = null;
  private head = "";

  override connectionMade(transport: BaseTransport): void {
    this.transport = transport as Transport;
  }

  override dataReceived(data: Uint8Array): void {
    this.head += decoder.decode(data, { stream: true });
    if (!this.head.includes("\r\n\r\n")) return;
    this.transport!.write(answerTo(this.head.split("\r\n", 1)[0]!, "protocol"));
    this.transport!.close();
  }
}

/** Listens at a free port of this machine. */
export const serveByProtocol = coroutine(function* (): Generator<unknown, Server> {
  return yield* getRunningLoop().createServer(() => new OnePage(), "127.0.0.1", 0);
});
