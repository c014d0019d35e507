// A sender that is faster than its reader: what waits stays in the system's buffers and below the water marks.
import { getRunningLoop, type Future, type Steps } from "../../bindings/index.js";
import { Protocol, type Transport } from "../../bindings/io.js";

const BLOCK = new Uint8Array(64 * 1024);
const MIB = 1 << 20;
const WARM_UP = 32 * MIB;

/** With --expose-gc: what the engine has not collected yet is not what the transfer holds. */
const collect = (globalThis as { gc?: () => void }).gc ?? ((): void => {});

/** Writes until it is told to stop, goes on when it is told to. */
class Sender extends Protocol {
  private left: number;
  private isPaused: boolean;
  declare private transport: Transport;

  constructor(total: number) {
    super();
    this.left = total;
    this.isPaused = false;
  }

  override connectionMade(transport: Transport): void {
    this.transport = transport;
    this.send();
  }

  override pauseWriting(): void {
    this.isPaused = true;
  }

  override resumeWriting(): void {
    this.isPaused = false;
    this.send();
  }

  private send(): void {
    while (this.left > 0 && !this.isPaused) {
      this.left -= BLOCK.length;
      this.transport.write(BLOCK);
    }
    if (this.left <= 0) this.transport.close();
  }
}

/** Stops reading for a moment after each half of a mebibyte. */
class SlowReader extends Protocol {
  received: number;
  /** The most memory that the process has had, as seen at each stop. */
  peak: number;
  private untilPause: number;
  private readonly done: Future<void>;
  declare private transport: Transport;

  constructor(done: Future<void>) {
    super();
    this.received = 0;
    this.peak = 0;
    this.untilPause = MIB / 2;
    this.done = done;
  }

  override connectionMade(transport: Transport): void {
    this.transport = transport;
  }

  override dataReceived(data: Uint8Array): void {
    this.received += data.length;
    this.untilPause -= data.length;
    if (this.untilPause > 0) return;
    this.untilPause = MIB / 2;
    collect();
    this.peak = Math.max(this.peak, process.memoryUsage.rss());
    this.transport.pauseReading();
    getRunningLoop().callLater(2, () => this.transport.resumeReading());
  }

  override connectionLost(): void {
    this.done.setResult();
  }
}

export interface Transfer {
  readonly received: number;
  /** Bytes of memory above what the process had before. */
  readonly growth: number;
}

function* transfer(total: number): Steps<SlowReader> {
  const loop = getRunningLoop();
  const done = loop.createFuture<void>();
  const reader = new SlowReader(done);
  const server = yield* loop.createServer(() => new Sender(total), "127.0.0.1", 0);
  const { port } = server.sockets[0] as { port: number };
  yield* loop.createConnection(() => reader, "127.0.0.1", port);
  yield* done;
  server.close();
  yield* server.waitClosed();
  return reader;
}

/**
 * Sender and reader in one process. Idle is a process that has served before: the host's own reads leave some 30 MiB of
 * garbage until the engine collects it (35 MiB with node:net alone), whatever is sent.
 */
export function* runSlowReader(total: number): Steps<Transfer> {
  yield* transfer(WARM_UP);
  collect();
  const idle = process.memoryUsage.rss();
  const { received, peak } = yield* transfer(total);
  return { received, growth: peak - idle };
}
