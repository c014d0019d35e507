// Many connections at once, each with many round trips: nothing is lost, nothing is changed.
import { createTask, gather, getRunningLoop, type Future, type Steps } from "../../bindings/index.js";
import { Protocol, type Server, type Transport } from "../../bindings/io.js";

const SIZE = 1024;

class Echo extends Protocol {
  declare private transport: Transport;

  override connectionMade(transport: Transport): void {
    this.transport = transport;
  }

  override dataReceived(data: Uint8Array): void {
    this.transport.write(data);
  }
}

/** Sends a message, waits for it to come back byte for byte, sends the next one. */
class Client extends Protocol {
  private readonly message: Uint8Array;
  private readonly done: Future<number>;
  private left: number;
  private got: number;
  private wrong: number;
  declare private transport: Transport;

  constructor(seed: number, echoes: number, done: Future<number>) {
    super();
    this.message = new Uint8Array(SIZE).map((_, i) => (seed * 31 + i * 7) & 255);
    this.left = echoes;
    this.done = done;
    this.got = 0;
    this.wrong = 0;
  }

  override connectionMade(transport: Transport): void {
    this.transport = transport;
    transport.write(this.message);
  }

  override dataReceived(data: Uint8Array): void {
    if (Buffer.compare(data, this.message.subarray(this.got, this.got + data.length)) !== 0) this.wrong++;
    this.got += data.length;
    if (this.got < SIZE) return;
    this.got -= SIZE;
    if (--this.left > 0) this.transport.write(this.message);
    else this.transport.close();
  }

  override connectionLost(): void {
    this.done.setResult(this.left + this.wrong + this.got);
  }
}

/** How many echoes were missing, and how many pieces of them were wrong, over all connections. */
export function* runEchoes(connections: number, echoes: number): Steps<number> {
  const loop = getRunningLoop();
  const server: Server = yield* loop.createServer(() => new Echo(), "127.0.0.1", 0, { backlog: 511 });
  const { port } = server.sockets[0] as { port: number };
  const outcomes = Array.from({ length: connections }, () => loop.createFuture<number>());
  const connecting = outcomes.map((done, i) =>
    createTask(loop.createConnection(() => new Client(i, echoes, done), "127.0.0.1", port)),
  );
  yield* gather(connecting);
  const lost = yield* gather(outcomes);
  server.close();
  yield* server.waitClosed();
  return lost.reduce((sum, each) => sum + each, 0);
}
