// Connections that come and go: each leaves nothing behind.
import { existsSync, readdirSync } from "node:fs";
import { createTask, gather, getRunningLoop, sleep, type Future, type Steps } from "../../bindings/index.js";
import { Protocol, type Transport } from "../../bindings/io.js";

const DESCRIPTORS = "/proc/self/fd";

/** Where the system shows them. */
export const canCountDescriptors = existsSync(DESCRIPTORS);

export function countDescriptors(): number {
  return readdirSync(DESCRIPTORS).length;
}

class Hangup extends Protocol {
  private readonly lost: Future<void>;

  constructor(lost: Future<void>) {
    super();
    this.lost = lost;
  }

  override connectionMade(transport: Transport): void {
    transport.close();
  }

  override connectionLost(): void {
    this.lost.setResult();
  }
}

/** Makes `count` connections, some at a time, and closes each at once; how many connections were lost on either side. */
export function* runCycles(count: number, atOnce: number): Steps<number> {
  const loop = getRunningLoop();
  let lost = 0;
  class Counts extends Protocol {
    override connectionLost(): void {
      lost++;
    }
  }
  const server = yield* loop.createServer(() => new Counts(), "127.0.0.1", 0, { backlog: 511 });
  const { port } = server.sockets[0] as { port: number };
  function* cycles(share: number): Steps<void> {
    for (let i = 0; i < share; i++) {
      const gone = loop.createFuture<void>();
      yield* loop.createConnection(() => new Hangup(gone), "127.0.0.1", port);
      yield* gone;
      lost++;
    }
  }
  yield* gather(Array.from({ length: atOnce }, () => createTask(cycles(count / atOnce))));
  // A client may be done before its connection was accepted; a server that closes takes no more of them.
  for (let turns = 0; lost < 2 * count && turns < 1000; turns++) yield* sleep(5);
  server.close();
  yield* server.waitClosed();
  // The host closes descriptors in its own next turns.
  yield* sleep(50);
  return lost;
}
