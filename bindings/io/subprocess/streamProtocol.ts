import type { Future } from "../../futures/future.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { SubprocessProtocol } from "../protocols/subprocessProtocol.js";
import { StreamReader } from "../streams/reader.js";
import { StreamWriter } from "../streams/writer.js";
import { WritingProtocol } from "../streams/writingProtocol.js";
import type { SubprocessTransport } from "../transports/otherTransports.js";
import type { BaseTransport, ReadTransport, Transport } from "../transports/transport.js";

/** Makes streams of a child's pipes. Closes the transport once the child has ended and all that it wrote is here. */
export class SubprocessStreamProtocol extends WritingProtocol implements SubprocessProtocol {
  stdin: StreamWriter | null = null;
  /** The readers of the outputs, by their number. */
  readonly readers = new Map<number, StreamReader>();
  private readonly limit: number;
  private readonly stdinClosed: Future<void>;
  private readonly openOutputs = new Set<number>();
  private transport: BaseTransport | null = null;
  private hasExited = false;

  constructor(limit: number, loop: EventLoop) {
    super({ loop });
    this.limit = limit;
    this.stdinClosed = loop.createFuture();
  }

  override connectionMade(transport: BaseTransport): void {
    this.transport = transport;
    const { getPipeTransport } = transport as SubprocessTransport;
    for (const fd of [1, 2]) {
      const pipe = getPipeTransport.call(transport, fd) as ReadTransport | null;
      if (pipe === null) continue;
      const reader = new StreamReader({ limit: this.limit, loop: this._loop });
      reader.setTransport(pipe);
      this.readers.set(fd, reader);
      this.openOutputs.add(fd);
    }
    const input = getPipeTransport.call(transport, 0) as Transport | null;
    if (input !== null) this.stdin = new StreamWriter(input, this, null, this._loop);
  }

  pipeDataReceived(fd: number, data: Uint8Array): void {
    this.readers.get(fd)?._feed(data);
  }

  pipeConnectionLost(fd: number, error: Error | null): void {
    if (fd === 0) {
      this.inputLost(error);
      return;
    }
    const reader = this.readers.get(fd);
    if (error === null) reader?.feedEof();
    else reader?.setException(error);
    this.openOutputs.delete(fd);
    this.closeWhenOver();
  }

  private inputLost(error: Error | null): void {
    this.stdin?.close();
    this.connectionLost(error);
    if (error === null) this.stdinClosed.setResult(undefined);
    else {
      this.stdinClosed.setException(error);
      // Nobody has to wait for the end of a pipe.
      this.stdinClosed._markRetrieved();
    }
  }

  processExited(): void {
    this.hasExited = true;
    this.closeWhenOver();
  }

  private closeWhenOver(): void {
    if (!this.hasExited || this.openOutputs.size > 0) return;
    this.transport?.close();
    this.transport = null;
  }

  /** @internal */
  override _closed(): Future<void> {
    return this.stdinClosed;
  }
}
