// Streams of ours over the web's.
import { describe } from "../../errors/checks.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { Future } from "../../futures/future.js";
import { Protocol } from "../protocols/protocol.js";
import type { StreamReader } from "./reader.js";
import { WebTransport } from "./webTransport.js";
import { WritingProtocol } from "./writingProtocol.js";

class SourceProtocol extends Protocol {
  private readonly reader: StreamReader;

  constructor(reader: StreamReader) {
    super();
    this.reader = reader;
  }

  override dataReceived(data: Uint8Array): void {
    this.reader.feedData(data);
  }

  override eofReceived(): void {
    this.reader.feedEof();
  }

  override connectionLost(error: Error | null): void {
    if (error !== null) this.reader.setException(error);
  }
}

/** Lets `reader` read from `readable`, which is locked by it. */
export function feedFromWeb(reader: StreamReader, readable: ReadableStream<Uint8Array>): void {
  if (typeof (readable as Partial<ReadableStream> | null)?.getReader !== "function") {
    throw new TypeError(`fromWeb expects a ReadableStream, got ${describe(readable)}`);
  }
  const transport = new WebTransport(reader._loop, { readable }, new SourceProtocol(reader));
  reader.setTransport(transport);
  transport._startReading();
}

class SinkProtocol extends WritingProtocol {
  private readonly closed: Future<void>;

  constructor(loop: EventLoop) {
    super({ loop });
    this.closed = loop.createFuture();
  }

  override connectionLost(error: Error | null): void {
    super.connectionLost(error);
    if (this.closed.done()) return;
    if (error === null) this.closed.setResult(undefined);
    else {
      this.closed.setException(error);
      this.closed._markRetrieved();
    }
  }

  /** @internal */
  override _closed(): Future<void> {
    return this.closed;
  }
}

/** The transport and protocol of a writer to `writable`, which is locked by them. */
export function sinkOfWeb(
  loop: EventLoop,
  writable: WritableStream<Uint8Array>,
): { transport: WebTransport; protocol: WritingProtocol } {
  if (typeof (writable as Partial<WritableStream> | null)?.getWriter !== "function") {
    throw new TypeError(`fromWeb expects a WritableStream, got ${describe(writable)}`);
  }
  const protocol = new SinkProtocol(loop);
  return { transport: new WebTransport(loop, { writable }, protocol), protocol };
}
