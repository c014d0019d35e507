// The writing half of a stream transport. The host has the buffer; here is what the protocol is told about it.
import type { Socket } from "node:net";
import { RuntimeError } from "../../errors/errors.js";
import type { Future } from "../../futures/future.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import { checkBytes } from "../host/bytes.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import { Reading } from "./reading.js";
import type { WriteBufferLimits } from "./transport.js";

/** From this many writes after the end on, debug mode says so. */
const LATE_WRITES = 5;

const NOTHING = new Uint8Array(0);

export abstract class Writing extends Reading {
  /** @internal */
  readonly _socket: Socket;
  /** By writeEof(). */
  declare private isEof: boolean;
  /** The host has been told that nothing more comes. */
  declare private isEnded: boolean;
  declare private emptyWaiter: Future<void> | null;

  constructor(
    loop: EventLoop,
    socket: Socket,
    protocol: BaseProtocol,
    isDirect: boolean,
    extra: Record<string, unknown>,
  ) {
    super(loop, protocol, isDirect, extra);
    this._socket = socket;
    this.isEof = false;
    this.isEnded = false;
    this.emptyWaiter = null;
  }

  override getWriteBufferSize(): number {
    return this._connLost !== 0 ? 0 : this._socket.writableLength;
  }

  override setWriteBufferLimits(high?: number | null | WriteBufferLimits, low?: number | null): void {
    super.setWriteBufferLimits(high, low);
    if (this.marks.isPaused && this._connLost === 0) this.askForWritten();
  }

  /** The bytes are not copied: leave them as they are until they are written. */
  override write(data: Uint8Array): void {
    checkBytes(data, "write");
    this.checkWritable("write");
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
    this.checkWritable("writelines");
    const full = parts.filter((part) => part.length > 0);
    const last = full.pop();
    if (last === undefined) return;
    if (this.isLate()) {
      this.countLateWrite();
      return;
    }
    const socket = this._socket;
    socket.cork();
    for (const part of full) socket.write(part);
    socket.write(last, this.onWritten);
    socket.uncork();
    this.marks.maybePause(this, this._protocol);
  }

  private checkWritable(method: string): void {
    if (this.isEof) throw new RuntimeError(`Cannot call ${method}() after writeEof()`);
    if (this.emptyWaiter !== null) throw new RuntimeError(`unable to ${method}; sendfile is in progress`);
  }

  /** Whether what is written now would go nowhere. */
  protected isLate(): boolean {
    return this._connLost !== 0 || (this._closing && !this.isDirect);
  }

  private countLateWrite(): void {
    if (this._connLost >= LATE_WRITES && this._loop.getDebug()) {
      this._loop._host.logError(`written to after its connection was lost: ${String(this)}`);
    }
    if (this._connLost > 0) this._connLost++;
  }

  override writeEof(): void {
    if (this._closing || this.isEof) return;
    this.isEof = true;
    this.endWriting();
  }

  override canWriteEof(): boolean {
    return true;
  }

  /** Whether nothing is left that close() would have to wait for. */
  protected isWritten(): boolean {
    return this.isDirect && this._socket.writableLength === 0;
  }

  /** Sees to it that onWritten is called when all is written. A stream that is no socket has its own idea of an end. */
  protected finishWriting(): void {
    if (this.isDirect || this.isEnded) this.askForWritten();
    else this.endWriting();
  }

  private endWriting(): void {
    this.isEnded = true;
    this._socket.end(this.onWritten);
  }

  private askForWritten(): void {
    if (!this.isEnded) this._socket.write(NOTHING, this.onWritten);
  }

  /** From the host; what has failed comes as an error event as well. */
  private readonly onWritten = (error?: Error | null): void => {
    if (error !== undefined && error !== null) return;
    const size = this._socket.writableLength;
    const { isPaused, low } = this.marks;
    if (this._connLost === 0 && (size === 0 || (isPaused && size <= low))) this.signal();
  };

  /** Some of the buffer has been written; whether all of it. */
  protected noteWritten(): boolean {
    this.marks.maybeResume(this, this._protocol);
    if (this._socket.writableLength > 0) return false;
    if (this.emptyWaiter?.done() === false) this.emptyWaiter.setResult(undefined);
    return true;
  }

  /** @internal A Future for the moment when nothing is buffered; until _resetEmptyWaiter nobody may write. */
  _makeEmptyWaiter(): Future<void> {
    if (this.emptyWaiter !== null) throw new RuntimeError("unable to write; sendfile is in progress");
    const waiter = (this.emptyWaiter = this._loop.createFuture<void>());
    if (this.getWriteBufferSize() === 0) waiter.setResult(undefined);
    else this.askForWritten();
    return waiter;
  }

  /** @internal */
  _resetEmptyWaiter(): void {
    this.emptyWaiter = null;
  }

  /** Whoever waits for the buffer to empty waits in vain. */
  protected failEmptyWaiter(error: Error): void {
    if (this.emptyWaiter?.done() === false) this.emptyWaiter.setException(error);
  }
}
