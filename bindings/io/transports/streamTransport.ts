// A stream transport over one of the host's sockets: how it begins and how it ends.
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Future } from "../../futures/future.js";
import { osErrorOf } from "../../errors/hostError.js";
import { showAsText } from "../../errors/inspectForm.js";
import { ConnectionError } from "../../errors/osErrors.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import { detach } from "../host/attached.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import type { ConnectionOwner } from "./connectionOwner.js";
import { unwatchSocket, watchSocket, type SocketEvents } from "./socketEvents.js";
import { Writing } from "./writing.js";

export interface StreamTransportOptions {
  readonly extra: Record<string, unknown>;
  readonly server?: ConnectionOwner | null;
  /** The socket is one of node:net or node:tls, not any duplex stream. */
  readonly isDirect: boolean;
}

export class StreamTransport extends Writing implements SocketEvents {
  declare private server: ConnectionOwner | null;
  declare private failure: Error | null;
  declare private isGone: boolean;

  constructor(loop: EventLoop, socket: Socket, protocol: BaseProtocol, options: StreamTransportOptions) {
    super(loop, socket, protocol, options.isDirect, options.extra);
    this.server = options.server ?? null;
    this.failure = null;
    this.isGone = false;
    this.stream().pause();
    watchSocket(socket, this);
    this.server?._attachTransport(this);
  }

  /** @internal Tells the protocol, then lets the host send, then settles `waiter`, each in its own turn. */
  _begin(waiter: Future<void> | null): void {
    const loop = this._loop;
    const protocol = this._protocol!;
    loop.callSoon((transport: this) => protocol.connectionMade(transport), this);
    loop.callSoon((transport: this) => transport._startReading(), this);
    if (waiter !== null) loop.callSoon(settle, waiter);
  }

  protected override stream(): Pick<Duplex, "pause" | "resume"> {
    return this._socket;
  }

  /** @internal Whether TLS can be put on top. */
  get _isUpgradable(): boolean {
    return this.isDirect;
  }

  /** @internal Lets go of the socket, as it is, with what was not reported; nobody is told. */
  _giveUp(): { socket: Socket; server: ConnectionOwner | null } {
    const { server } = this;
    const socket = this._socket;
    unwatchSocket(socket);
    for (const chunk of this.takeIncoming().reverse()) socket.unshift(chunk);
    this._closing = true;
    this._connLost = 1;
    this._protocol = null;
    this.server = null;
    detach(this._loop, this);
    return { socket, server };
  }

  override close(): void {
    if (this._closing) return;
    this._closing = true;
    const isWritten = this.isWritten();
    if (isWritten) this.lose(null);
    this.stopReading();
    if (!isWritten) this.finishWriting();
  }

  override abort(): void {
    this.forceClose(null);
  }

  /** @internal From the host. */
  _receiveFailure(error: unknown): void {
    if (this._connLost !== 0) return;
    const failure = asFailure(error);
    if (this.hasIncoming() && (error as { syscall?: unknown }).syscall !== "write") {
      this.receiveError(failure);
      return;
    }
    this.failure = failure;
    this.signal();
  }

  /** @internal From the host: the socket is gone, which is news only if nothing else was told. */
  _receiveClose(hasEnded: boolean): void {
    if (this._connLost !== 0 || this.failure !== null || hasEnded) return;
    this.isGone = true;
    this.signal();
  }

  protected override takeSignals(): void {
    if (this._connLost !== 0) return;
    if (this.failure !== null) {
      this.fatalError(this.failure, "Fatal write error on socket transport");
    } else if (this.isGone) {
      // All may have been written in the same turn of the host.
      this.noteWritten();
      this.forceClose(null);
    } else if (this.noteWritten() && this._closing && this.endsWhenWritten()) this.loseNow();
  }

  /** Whether nothing is left to be waited for once all is written. */
  protected endsWhenWritten(): boolean {
    return true;
  }

  /** Everything is written: the protocol is told in this very turn. */
  private loseNow(): void {
    this._connLost = 1;
    try {
      this.callConnectionLost(null);
    } catch (exception) {
      this.reportProtocol("protocol.connectionLost() failed", exception);
    }
  }

  protected override forceClose(error: unknown): void {
    if (this._connLost !== 0) return;
    this._closing = true;
    this.lose(error);
    this.stopReading();
    this._socket.destroy();
  }

  private lose(error: unknown): void {
    this._connLost++;
    this._loop.callSoon((transport: this) => transport.callConnectionLost(error as Error | null), this);
  }

  private callConnectionLost(error: Error | null): void {
    try {
      this._protocol?.connectionLost(error);
    } finally {
      this.letGo();
    }
  }

  protected letGo(): void {
    this._socket.destroy();
    this._protocol = null;
    detach(this._loop, this);
    this.server?._detachTransport(this);
    this.server = null;
    this.failEmptyWaiter(new ConnectionError("Connection is closed by peer"));
  }

  /** @internal What is written already still goes out. */
  _loopClosed(): void {
    const isLost = this._connLost !== 0;
    this._connLost = 1;
    this._closing = true;
    this._protocol = null;
    const socket = this._socket;
    if (isLost || !(socket.writableLength > 0)) socket.destroy();
    else socket.end(() => socket.destroy());
  }

  override toString(): string {
    const state = this._protocol === null ? " closed" : this._closing ? " closing" : "";
    return `<${this.constructor.name}${state} writeBuffer=${this.getWriteBufferSize()}>`;
  }
}
showAsText(StreamTransport);

function settle(waiter: Future<void>): void {
  if (!waiter.done()) waiter.setResult(undefined);
}

/** A foreign stream's error may be anything. */
function asFailure(error: unknown): Error {
  const isHosts = typeof (error as { code?: unknown } | null)?.code === "string";
  return isHosts || !(error instanceof Error) ? osErrorOf(error) : error;
}
