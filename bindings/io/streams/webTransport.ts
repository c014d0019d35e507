// A transport over the web's streams: what workerd's sockets are made of, and what `fromWeb` reads or writes.
import { checkBytes } from "../host/bytes.js";
import { RuntimeError } from "../../errors/errors.js";
import { OSError } from "../../errors/osError.js";
import { react } from "../../futures/interop.js";
import type { Attached, EventLoop } from "../../loop/eventLoop.js";
import { attach, detach } from "../host/attached.js";
import type { BaseProtocol, Protocol } from "../protocols/protocol.js";
import { FlowControl } from "../transports/flowControl.js";

export interface WebStreams {
  readonly readable?: ReadableStream<unknown> | null;
  readonly writable?: WritableStream<Uint8Array> | null;
}

export interface WebTransportOptions {
  readonly extra?: Record<string, unknown>;
  /** What the protocol is told the streams failed with. */
  readonly failureOf?: (error: unknown) => Error;
  /** Called once, when the connection is lost. */
  readonly onLost?: () => void;
}

/** Nothing is left to be told about a stream that is given up; its failure would be an unhandled rejection. */
const ignore = (): void => {};

export class WebTransport extends FlowControl implements Attached {
  private readonly source: ReadableStreamDefaultReader<unknown> | null;
  private readonly sink: WritableStreamDefaultWriter<Uint8Array> | null;
  private readonly options: WebTransportOptions;
  declare private buffered: number;
  declare private closing: boolean;
  declare private isLost: boolean;
  declare private isEof: boolean;
  declare private isPaused: boolean;
  declare private isReadingNow: boolean;
  declare private hasEnded: boolean;
  /** What came while reading was paused. */
  declare private held: (() => void) | null;

  constructor(loop: EventLoop, streams: WebStreams, protocol: BaseProtocol, options: WebTransportOptions = {}) {
    super(loop, options.extra);
    this.source = streams.readable?.getReader() ?? null;
    this.sink = streams.writable?.getWriter() ?? null;
    this.options = options;
    this.buffered = 0;
    this.closing = false;
    this.isLost = false;
    this.isEof = false;
    this.isPaused = false;
    this.isReadingNow = false;
    this.hasEnded = false;
    this.held = null;
    this._protocol = protocol;
    attach(loop, this);
    this.sink?.closed.catch((error: unknown) => this.tell(() => this.fail(error)));
  }

  /** @internal Once the protocol knows of its connection. */
  _startReading(): void {
    if (this.source === null || this.isReadingNow || this.hasEnded || this.closing || this.isPaused) return;
    this.isReadingNow = true;
    react(
      this.source.read(),
      ({ done, value }) => this.tell(() => this.receive(done, value)),
      (error) => this.tell(() => this.readFailed(error)),
    );
  }

  override setProtocol(protocol: BaseProtocol): void {
    this._protocol = protocol;
  }

  override getProtocol(): BaseProtocol | null {
    return this._protocol;
  }

  override isClosing(): boolean {
    return this.closing;
  }

  override isReading(): boolean {
    return this.source !== null && !this.closing && !this.isPaused;
  }

  override pauseReading(): void {
    this.isPaused = true;
  }

  override resumeReading(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    const { held } = this;
    this.held = null;
    if (held === null) this._startReading();
    else this.tell(held);
  }

  override getWriteBufferSize(): number {
    return this.buffered;
  }

  /** The bytes are not copied: leave them as they are until they are written. */
  override write(data: Uint8Array): void {
    checkBytes(data, "write");
    if (this.isEof) throw new RuntimeError("Cannot call write() after writeEof()");
    if (this.closing || this.sink === null || data.length === 0) return;
    this.buffered += data.length;
    react(
      this.sink.write(data),
      () => this.tell(() => this.written(data.length)),
      (error) => this.tell(() => this.fail(error)),
    );
    this.marks.maybePause(this, this._protocol);
  }

  override writelines(list: Iterable<Uint8Array>): void {
    const parts = [...list];
    for (const part of parts) checkBytes(part, "writelines");
    for (const part of parts) this.write(part);
  }

  override writeEof(): void {
    if (this.isEof || this.closing) return;
    this.isEof = true;
    this.sink?.close().catch(ignore);
  }

  override canWriteEof(): boolean {
    return this.sink !== null;
  }

  override close(): void {
    if (this.closing) return;
    this.closing = true;
    this.source?.cancel().catch(ignore);
    if (this.sink === null) {
      this.tell(() => this.lose(null));
      return;
    }
    react(
      this.isEof ? this.sink.closed : this.sink.close(),
      () => this.tell(() => this.lose(null)),
      (error) => this.tell(() => this.fail(error)),
    );
  }

  override abort(): void {
    this.giveUp(null);
  }

  /** @internal */
  _loopClosed(): void {
    this.isLost = true;
    this.closing = true;
    this._protocol = null;
    this.source?.cancel().catch(ignore);
    if (!this.isEof) this.sink?.close().catch(ignore);
    this.options.onLost?.();
  }

  /** What the host tells between the loop's iterations is a callback of the loop. */
  private tell(what: () => void): void {
    if (!this.isLost) this._loop.callSoon(what);
  }

  private receive(done: boolean, value: unknown): void {
    this.isReadingNow = false;
    if (this.closing || this.isLost) return;
    if (this.isPaused) {
      this.isReadingNow = true;
      this.held = () => this.receive(done, value);
      return;
    }
    const protocol = this._protocol as Protocol;
    try {
      if (done) {
        this.hasEnded = true;
        if (!protocol.eofReceived()) this.close();
        return;
      }
      checkBytes(value, "a stream of bytes");
      protocol.dataReceived(value);
    } catch (error) {
      this.reportProtocol("Fatal error: protocol.dataReceived() call failed.", error);
      this.giveUp(error as Error);
      return;
    }
    this._startReading();
  }

  private written(size: number): void {
    this.buffered -= size;
    this.marks.maybeResume(this, this._protocol);
  }

  /** A read that was waiting fails when its stream is given up. */
  private readFailed(error: unknown): void {
    if (!this.closing) this.fail(error);
  }

  private fail(error: unknown): void {
    this.giveUp(this.options.failureOf?.(error) ?? asError(error));
  }

  private giveUp(error: Error | null): void {
    if (this.isLost) return;
    this.closing = true;
    this.source?.cancel(error).catch(ignore);
    this.sink?.abort(error).catch(ignore);
    this.tell(() => this.lose(error));
  }

  private lose(error: Error | null): void {
    if (this.isLost) return;
    this.isLost = true;
    this.buffered = 0;
    const protocol = this._protocol;
    this._protocol = null;
    try {
      protocol?.connectionLost(error);
    } finally {
      detach(this._loop, this);
      this.options.onLost?.();
    }
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new OSError("the stream has failed", { cause: error });
}
