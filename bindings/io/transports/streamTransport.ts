// A stream transport over one of the host's sockets: the writing half, and the end.
import type { Socket } from "node:net";
import type { Future } from "../../futures/future.js";
import { osErrorOf } from "../../errors/hostError.js";
import { RuntimeError } from "../../errors/errors.js";
import { ConnectionError } from "../../errors/osErrors.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import { checkBytes } from "../host/bytes.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import { Reading } from "./reading.js";
import { unwatchSocket, watchSocket, type SocketEvents } from "./socketEvents.js";

/** Who wants to know that one of its connections is gone. */
export interface ConnectionOwner {
  /** @internal */
  _attachTransport(transport: StreamTransport): void;
  /** @internal */
  _detachTransport(transport: StreamTransport): void;
}

export interface StreamTransportOptions {
  readonly extra: Record<string, unknown>;
  readonly server?: ConnectionOwner | null;
  /** The socket is one of node:net or node:tls, not any duplex stream. */
  readonly isDirect: boolean;
}

/** From this many writes after the end on, debug mode says so. */
const LATE_WRITES = 5;

const NOTHING = new Uint8Array(0);

export class StreamTransport extends Reading implements SocketEvents {
  /** @internal */
  readonly _socket: Socket;
  declare private isEof: boolean;
  declare private server: ConnectionOwner | null;
  declare private emptyWaiter: Future<void> | null;
  declare private failure: Error | null;
  declare private isGone: boolean;

  constructor(loop: EventLoop, socket: Socket, protocol: BaseProtocol, options: StreamTransportOptions) {
    super(loop, protocol, options.isDirect, options.extra);
    this._socket = socket;
    this.isEof = false;
    this.server = options.server ?? null;
    this.emptyWaiter = null;
    this.failure = null;
    this.isGone = false;
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

  protected override stream(): Pick<Socket, "pause" | "resume"> {
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
    this._loop._detach(this);
    return { socket, server };
  }

  override getWriteBufferSize(): number {
    return this._connLost !== 0 ? 0 : this._socket.writableLength;
  }

  /** The bytes are not copied: leave them as they are until they are written. */
  override write(data: Uint8Array): void {
    checkBytes(data, "write");
    if (this.isEof) throw new RuntimeError("Cannot call write() after writeEof()");
    if (this.emptyWaiter !== null) throw new RuntimeError("unable to write; sendfile is in progress");
    if (data.length === 0) return;
    if (this.isLate()) this.countLateWrite();
    else this._writeNow(data);
  }

  /** @internal A callback costs the host a turn of its own, so it is asked for only where the marks may be passed. */
  _writeNow(data: Uint8Array): void {
    const socket = this._socket;
    if (socket.writableLength === 0 && data.length <= this.marks.high && !this._closing) {
      socket.write(data);
      return;
    }
    socket.write(data, this.onWritten);
    this.marks.maybePause(this, this._protocol);
  }

  override writelines(list: Iterable<Uint8Array>): void {
    const parts = [...list];
    for (const part of parts) checkBytes(part, "writelines");
    if (this.isEof) throw new RuntimeError("Cannot call writelines() after writeEof()");
    if (this.emptyWaiter !== null) throw new RuntimeError("unable to writelines; sendfile is in progress");
    const full = parts.filter((part) => part.length > 0);
    if (full.length === 0) return;
    if (this.isLate()) {
      this.countLateWrite();
      return;
    }
    const socket = this._socket;
    const last = full.pop()!;
    socket.cork();
    for (const part of full) socket.write(part);
    socket.write(last, this.onWritten);
    socket.uncork();
    this.marks.maybePause(this, this._protocol);
  }

  /** Whether what is written now would go nowhere. */
  protected isLate(): boolean {
    return this._connLost !== 0 || (this._closing && !this.isDirect);
  }

  private countLateWrite(): void {
    if (this._connLost >= LATE_WRITES && this._loop.getDebug()) {
      this._loop._host.logError(`written to after its connection was lost: ${String(this)}`);
    }
    this._connLost++;
  }

  override writeEof(): void {
    if (!this._closing && !this.isEof) this.endWriting();
  }

  override canWriteEof(): boolean {
    return true;
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

  /** Whether nothing is left that close() would have to wait for. */
  protected isWritten(): boolean {
    return this.isDirect && this._socket.writableLength === 0;
  }

  /** Sees to it that onWritten is called when all is written. A stream that is no socket has its own idea of an end. */
  protected finishWriting(): void {
    if (this.isDirect || this.isEof) this.askForWritten();
    else this.endWriting();
  }

  private endWriting(): void {
    this.isEof = true;
    this._socket.end(this.onWritten);
  }

  private askForWritten(): void {
    if (!this.isEof) this._socket.write(NOTHING, this.onWritten);
  }

  override setWriteBufferLimits(...limits: Parameters<Reading["setWriteBufferLimits"]>): void {
    super.setWriteBufferLimits(...limits);
    if (this.marks.isPaused && this._connLost === 0) this.askForWritten();
  }

  /** From the host; what has failed comes as an error event as well. */
  private readonly onWritten = (error?: Error | null): void => {
    if (error !== undefined && error !== null) return;
    const size = this._socket.writableLength;
    if (this._connLost === 0 && (size === 0 || (this.marks.isPaused && size <= this.marks.low))) this.signal();
  };

  /** @internal From the host. */
  _receiveFailure(error: unknown): void {
    if (this._connLost !== 0) return;
    const failure = this.asFailure(error);
    if (this.hasIncoming() && (error as { syscall?: unknown }).syscall !== "write") {
      this.receiveError(failure);
      return;
    }
    this.failure = failure;
    this.signal();
  }

  /** A foreign stream's error may be anything. */
  private asFailure(error: unknown): Error {
    const isHosts = typeof (error as { code?: unknown } | null)?.code === "string";
    return isHosts || !(error instanceof Error) ? osErrorOf(error) : error;
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
      return;
    }
    if (this.isGone) {
      this.forceClose(null);
      return;
    }
    this.marks.maybeResume(this, this._protocol);
    if (this._socket.writableLength > 0) return;
    this.settleEmptyWaiter();
    if (this._closing) this.loseNow();
  }

  /** Everything is written: the protocol is told in this very turn. */
  protected loseNow(): void {
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
    this._loop._detach(this);
    this.server?._detachTransport(this);
    this.server = null;
    if (this.emptyWaiter?.done() === false) {
      this.emptyWaiter.setException(new ConnectionError("Connection is closed by peer"));
    }
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

  /** @internal A Future for the moment when nothing is buffered; until _resetEmptyWaiter nobody may write. */
  _makeEmptyWaiter(): Future<void> {
    if (this.emptyWaiter !== null) throw new RuntimeError("Empty waiter is already set");
    const waiter = (this.emptyWaiter = this._loop.createFuture<void>());
    if (this.getWriteBufferSize() === 0) waiter.setResult(undefined);
    else this.askForWritten();
    return waiter;
  }

  /** @internal */
  _resetEmptyWaiter(): void {
    this.emptyWaiter = null;
  }

  private settleEmptyWaiter(): void {
    if (this.emptyWaiter?.done() === false) this.emptyWaiter.setResult(undefined);
  }

  override toString(): string {
    const state = this._protocol === null ? " closed" : this._closing ? " closing" : "";
    return `<${this.constructor.name}${state} writeBuffer=${this.getWriteBufferSize()}>`;
  }
}

function settle(waiter: Future<void>): void {
  if (!waiter.done()) waiter.setResult(undefined);
}
