// The reading half of a stream transport: from the host's events to the protocol's methods.
//
// What the host tells is put down and reported by a callback of the loop's own queue, one piece an iteration, as a
// selector loop receives. While one piece waits there the host is kept from reading on, so a loop that is late does not
// fill memory. The transport is the queue's payload itself: a piece costs one slot and no object.
import type { Duplex } from "node:stream";
import { copyBindings, type Bindings, type Context } from "../../context/context.js";
import { thread, type ContextHolder } from "../../context/current.js";
import { RuntimeError } from "../../errors/errors.js";
import { OSError } from "../../errors/osError.js";
import type { Attached, EventLoop } from "../../loop/eventLoop.js";
import type { Payload } from "../../wasm/core.js";
import { attach } from "../host/attached.js";
import { deliver } from "../host/deliver.js";
import type { BaseProtocol, BufferedProtocol, Protocol } from "../protocols/protocol.js";
import { FlowControl } from "./flowControl.js";

/** The peer has ended its half. */
const END = Symbol("end");

/** Instead of a stream that has nothing to pause. */
export const UNPAUSABLE = Object.freeze({ pause() {}, resume() {} }) as unknown as Pick<Duplex, "pause" | "resume">;

export function isBuffered(protocol: BaseProtocol): protocol is BufferedProtocol {
  return typeof (protocol as Partial<BufferedProtocol>).getBuffer === "function";
}

export abstract class Reading extends FlowControl implements Payload, ContextHolder, Attached {
  /** @internal The context of the protocol's callbacks: that of whoever let the reading begin. */
  declare _context: Bindings | Context;
  /** @internal */
  declare _closing: boolean;
  /** @internal Once the end of the connection is decided: 1, and one more for each write that comes too late. */
  declare _connLost: number;
  /** @internal Its place in the loop's queue; 0 when it is in none. */
  declare private slot: number;
  /** Pieces that have arrived and were not reported yet, and then what ended them. */
  private readonly incoming: Uint8Array[];
  declare private ending: Error | typeof END | null;
  declare private isBuffered: boolean;
  declare private isStarted: boolean;
  declare private isPaused: boolean;
  /** The host is stopped until the loop has caught up. */
  declare private isHeld: boolean;
  /** Whether something else than pieces has been told. */
  declare protected isSignalled: boolean;
  /** What the host tells comes from its own loop, with nothing of the program below it on the stack. */
  declare protected readonly isDirect: boolean;

  constructor(loop: EventLoop, protocol: BaseProtocol, isDirect: boolean, extra: Record<string, unknown>) {
    super(loop, extra);
    this._context = copyBindings();
    this._closing = false;
    this._connLost = 0;
    this.slot = 0;
    this.incoming = [];
    this.ending = null;
    this.isBuffered = isBuffered(protocol);
    this.isStarted = false;
    this.isPaused = false;
    this.isHeld = false;
    this.isSignalled = false;
    this.isDirect = isDirect;
    this._protocol = protocol;
    attach(loop, this);
  }

  /** The host's own stream. */
  protected abstract stream(): Pick<Duplex, "pause" | "resume">;

  /** The connection is broken, or the protocol is. */
  protected abstract forceClose(error: unknown): void;

  /** Anything but pieces that the host has told. */
  protected abstract takeSignals(): void;

  /** @internal */
  abstract _loopClosed(): void;

  override setProtocol(protocol: BaseProtocol): void {
    this._protocol = protocol;
    this.isBuffered = isBuffered(protocol);
  }

  override getProtocol(): BaseProtocol | null {
    return this._protocol;
  }

  override isClosing(): boolean {
    return this._closing;
  }

  override isReading(): boolean {
    return !this._closing && !this.isPaused;
  }

  override pauseReading(): void {
    if (!this.isReading()) return;
    this.isPaused = true;
    if (this.isStarted) this.stream().pause();
  }

  override resumeReading(): void {
    if (this._closing || !this.isPaused) return;
    this.isPaused = false;
    if (this.isStarted) this.goOn();
  }

  /** @internal The protocol knows of its connection: from here on the host may send. */
  _startReading(): void {
    if (this._closing) return;
    this.isStarted = true;
    if (!this.isPaused) this.stream().resume();
  }

  private goOn(): void {
    this._context = copyBindings();
    if (this.incoming.length > 0 || this.ending !== null) this.schedule();
    else this.stream().resume();
  }

  protected takeIncoming(): Uint8Array[] {
    return this.incoming.splice(0);
  }

  /** Drops what was not reported. */
  protected stopReading(): void {
    this.incoming.length = 0;
    this.ending = null;
    if (this._connLost === 0) this.stream().pause();
  }

  /** @internal From the host: a piece. */
  _receive(chunk: Uint8Array): void {
    if (this._closing) return;
    // Hosts have byte arrays of their own class.
    this.incoming.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    if (this.incoming.length > 1 && !this.isHeld) {
      this.isHeld = true;
      this.stream().pause();
    }
    if (!this.isPaused) this.schedule();
  }

  /** @internal From the host: the peer has ended its half. */
  _receiveEnd(): void {
    if (this._closing) return;
    this.ending = END;
    if (!this.isPaused) this.schedule();
  }

  /** From the host: reading has failed, after the pieces that arrived before. */
  protected receiveError(error: Error): void {
    this.ending = error;
    this.schedule();
  }

  /** Whether pieces still wait to be reported, so that an error has to come after them. */
  protected hasIncoming(): boolean {
    return this.incoming.length > 0 && !this.isPaused;
  }

  protected signal(): void {
    this.isSignalled = true;
    this.schedule();
  }

  /** Takes a place in the loop's queue. */
  private schedule(): void {
    if (this.slot !== 0) return;
    const loop = this._loop;
    if (this.isDirect && deliver(loop, this)) return;
    this.slot = loop._core.openCallback(this);
    if (loop._asleep) loop._rouse();
  }

  /** @internal Its turn in the loop's queue. */
  _run(): void {
    if (this.slot !== 0) {
      this._loop._core.release(this.slot);
      this.slot = 0;
    }
    const outer = thread.current.holder;
    thread.current.holder = this;
    try {
      if (this.isSignalled) {
        this.isSignalled = false;
        this.takeSignals();
      }
      if (!this._closing && !this.isPaused) this.report();
    } finally {
      thread.current.holder = outer;
    }
  }

  private report(): void {
    const { incoming } = this;
    const chunk = incoming.shift();
    if (chunk === undefined) {
      const { ending } = this;
      this.ending = null;
      if (ending === END) this.reportEnd();
      else if (ending !== null) this.fatalError(ending, "Fatal read error on socket transport");
      return;
    }
    if (incoming.length > 0 || this.ending !== null) this.schedule();
    else if (this.isHeld) this.release();
    if (this.isBuffered) {
      this.fillBuffer(chunk);
      return;
    }
    try {
      (this._protocol as Protocol).dataReceived(chunk);
    } catch (error) {
      this.fatalError(error, "Fatal error: protocol.dataReceived() call failed.");
    }
  }

  private release(): void {
    this.isHeld = false;
    this.stream().resume();
  }

  /** As much as fits; the rest waits for the next iteration, as if it were still to be received. */
  private fillBuffer(chunk: Uint8Array): void {
    const protocol = this._protocol as BufferedProtocol;
    let buffer: Uint8Array;
    try {
      buffer = protocol.getBuffer(-1);
      if (buffer.length === 0) throw new RuntimeError("getBuffer() returned an empty buffer");
    } catch (error) {
      this.fatalError(error, "Fatal error: protocol.getBuffer() call failed.");
      return;
    }
    const count = Math.min(buffer.length, chunk.length);
    buffer.set(count === chunk.length ? chunk : chunk.subarray(0, count));
    if (count < chunk.length) {
      this.incoming.unshift(chunk.subarray(count));
      this.schedule();
    }
    try {
      protocol.bufferUpdated(count);
    } catch (error) {
      this.fatalError(error, "Fatal error: protocol.bufferUpdated() call failed.");
    }
  }

  private reportEnd(): void {
    let keepsOpen: unknown;
    try {
      keepsOpen = (this._protocol as Protocol).eofReceived();
    } catch (error) {
      this.fatalError(error, "Fatal error: protocol.eofReceived() call failed.");
      return;
    }
    if (!this.mayStayOpen() || !keepsOpen) this.close();
  }

  /** Whether there is a writing half that can outlive the reading one. */
  protected mayStayOpen(): boolean {
    return true;
  }

  /** What the operating system or the peer did is the protocol's to know; anything else is somebody's mistake. */
  protected fatalError(error: unknown, message: string): void {
    if (!(error instanceof OSError)) this.reportProtocol(message, error);
    this.forceClose(error);
  }
}
