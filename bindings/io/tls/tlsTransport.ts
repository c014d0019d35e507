import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import { RuntimeError } from "../../errors/errors.js";
import { TimeoutError } from "../../errors/osError.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { TimerHandle } from "../../loop/handle.js";
import { mayPauseTls } from "../host/quirks.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import { UNPAUSABLE } from "../transports/reading.js";
import type { ConnectionOwner } from "../transports/connectionOwner.js";
import { StreamTransport } from "../transports/streamTransport.js";

export interface TlsTransportOptions {
  readonly extra: Record<string, unknown>;
  readonly server: ConnectionOwner | null;
  /** Milliseconds that the peer has to end the connection as well. */
  readonly shutdownMs: number;
}

/** A transport after its handshake. TLS has no half-open ends: whoever is told of the peer's end closes. */
export class TlsTransport extends StreamTransport {
  private readonly shutdownMs: number;
  private shutdownTimer: TimerHandle | null;

  constructor(loop: EventLoop, socket: Socket, protocol: BaseProtocol, options: TlsTransportOptions) {
    super(loop, socket, protocol, { ...options, isDirect: true });
    this.shutdownMs = options.shutdownMs;
    this.shutdownTimer = null;
  }

  protected override stream(): Pick<Duplex, "pause" | "resume"> {
    return mayPauseTls ? this._socket : UNPAUSABLE;
  }

  override canWriteEof(): boolean {
    return false;
  }

  override writeEof(): void {
    throw new RuntimeError("writeEof() is not possible over TLS, which has no half-open ends: close() the transport");
  }

  protected override mayStayOpen(): boolean {
    return false;
  }

  protected override isWritten(): boolean {
    return false;
  }

  protected override endsWhenWritten(): boolean {
    return false;
  }

  protected override isLate(): boolean {
    return super.isLate() || this._closing;
  }

  /** Says goodbye and waits for the peer's; what still arrives is dropped. */
  protected override finishWriting(): void {
    // Both ends may be over before the protocol comes to know of the first.
    if (this._socket.destroyed) {
      this._receiveClose(false);
      return;
    }
    this._socket.end();
    this._socket.resume();
    this.shutdownTimer = this._loop.callLater(this.shutdownMs, () => {
      this.forceClose(new TimeoutError(`TLS shutdown timed out: the peer has not ended within ${this.shutdownMs} ms`));
    });
  }

  /** @internal */
  override _receiveClose(hasEnded: boolean): void {
    super._receiveClose(hasEnded && !this._closing);
  }

  /** @internal A peer that does not wait for our goodbye ends the connection all the same. */
  override _receiveFailure(error: unknown): void {
    if (this._closing && this._socket.writableFinished) this._receiveClose(false);
    else super._receiveFailure(error);
  }

  protected override letGo(): void {
    this.shutdownTimer?.cancel();
    super.letGo();
  }
}

/** What getExtraInfo answers besides what the plain socket does. */
export function tlsExtra(socket: TLSSocket, sslcontext: unknown): Record<string, unknown> {
  const peercert = socket.getPeerCertificate() as object | null | undefined;
  return {
    sslcontext,
    ssl_object: socket,
    cipher: socket.getCipher() ?? null,
    compression: null,
    peercert: peercert && Object.keys(peercert).length > 0 ? peercert : null,
    alpnProtocol: socket.alpnProtocol || null,
  };
}
