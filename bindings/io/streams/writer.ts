import { showAsText } from "../../errors/inspectForm.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import { findLoop } from "../../loop/running.js";
import { keepShape } from "../../loop/shapes.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine, type Coroutine } from "../../tasks/coroutine.js";
import type { SslOptions } from "../tls/sslOptions.js";
import type { StartTlsOptions } from "../tls/startTls.js";
import type { Transport } from "../transports/transport.js";
import { Drain } from "./drain.js";
import type { StreamReader } from "./reader.js";
import { sinkOfWeb } from "./fromWeb.js";
import { writableOf } from "./toWeb.js";
import { WritingProtocol } from "./writingProtocol.js";

/**
 * Writes to a transport, and waits where its protocol says so. `openConnection` and `startServer` make writers. Nothing
 * closes one that its program forgets.
 */
export class StreamWriter {
  /** @internal */
  declare _transport: Transport;
  /** @internal */
  declare readonly _protocol: WritingProtocol;
  /** @internal */
  declare readonly _reader: StreamReader | null;
  /** @internal */
  declare readonly _loop: EventLoop;

  constructor(transport: Transport, protocol: WritingProtocol, reader: StreamReader | null, loop: EventLoop) {
    this._transport = transport;
    this._protocol = protocol;
    this._reader = reader;
    this._loop = loop;
  }

  /** A writer to the platform's stream, which it locks. */
  static fromWeb(writable: WritableStream<Uint8Array>, options: { loop?: EventLoop } = {}): StreamWriter {
    const loop = options.loop ?? findLoop();
    const { transport, protocol } = sinkOfWeb(loop, writable);
    return new StreamWriter(transport, protocol, null, loop);
  }

  /** What is written to. */
  get transport(): Transport {
    return this._transport;
  }

  /** Hands bytes to the transport, which sends them when it can; `drain()` waits while there are too many. */
  write(data: Uint8Array): void {
    this._transport.write(data);
  }

  writelines(list: Iterable<Uint8Array>): void {
    this._transport.writelines(list);
  }

  /** Ends the writing half after what is buffered; the peer may go on sending. */
  writeEof(): void {
    this._transport.writeEof();
  }

  /** Whether `writeEof()` is possible. */
  canWriteEof(): boolean {
    return this._transport.canWriteEof();
  }

  /** Closes the stream and its connection after what is buffered; `waitClosed()` waits for that. */
  close(): void {
    this._transport.close();
  }

  /** Whether it is closed or about to be. */
  isClosing(): boolean {
    return this._transport.isClosing();
  }

  /** Waits until the connection is gone; throws what it was lost by. */
  waitClosed(): Coroutine<void> {
    return waitClosed(this._protocol);
  }

  /** What the transport knows under `name`, such as `peername`, else `fallback`. */
  getExtraInfo(name: string, fallback: unknown = null): unknown {
    return this._transport.getExtraInfo(name, fallback);
  }

  /**
   * Waits until more may be written: does not suspend below the transport's high-water mark. Throws what the reader
   * failed with, and ConnectionResetError when the connection is gone.
   */
  drain(): Coroutine<void> {
    return new Drain(this);
  }

  /**
   * Upgrades the connection to TLS, in the middle of it; a stream of startServer is the server's side. The writer's
   * transport is another one afterwards.
   */
  startTls(ssl: true | SslOptions, options: Omit<StartTlsOptions, "serverSide"> = {}): Coroutine<void> {
    return startTls(this, ssl, options);
  }

  /** The platform's stream that writes here: closing it is writeEof() where the transport can, aborting it abort(). */
  toWeb(): WritableStream<Uint8Array> {
    return writableOf(this);
  }

  /** As asyncio shows it. */
  toString(): string {
    const reader = this._reader === null ? "" : ` reader=${this._reader.toString()}`;
    return `<StreamWriter transport=${String(this._transport)}${reader}>`;
  }
}
showAsText(StreamWriter);

const waitClosed = coroutine(function* (protocol: WritingProtocol): Steps<void> {
  yield* protocol._closed();
});

const startTls = coroutine(function* (
  writer: StreamWriter,
  ssl: true | SslOptions,
  options: StartTlsOptions,
): Steps<void> {
  const { _protocol: protocol, _transport: transport } = writer;
  const serverSide = protocol._isServerSide;
  yield* writer.drain();
  const secured = yield* writer._loop.startTls(transport, protocol, ssl, { ...options, serverSide });
  writer._transport = secured;
  protocol._replaceTransport(secured);
});

const nowhere = null as unknown as Transport;
keepShape((loop) => new StreamWriter(nowhere, new WritingProtocol({ loop }), null, loop));
keepShape((loop) => new Drain(new StreamWriter(nowhere, new WritingProtocol({ loop }), null, loop)));
