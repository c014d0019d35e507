import type { RemoteInfo, Socket } from "node:dgram";
import { copyBindings, type Bindings, type Context } from "../../context/context.js";
import { thread, type ContextHolder } from "../../context/current.js";
import { ValueError } from "../../errors/errors.js";
import { osErrorOf } from "../../errors/hostError.js";
import { textOf } from "../../errors/checks.js";
import type { Future } from "../../futures/future.js";
import type { Attached, EventLoop } from "../../loop/eventLoop.js";
import type { Payload } from "../../wasm/core.js";
import { attach, detach } from "../host/attached.js";
import { deliver } from "../host/deliver.js";
import { parseAddress, socketAddress, type AddressLike, type SocketAddress } from "../host/address.js";
import { checkBytes } from "../host/bytes.js";
import type { DatagramProtocol } from "../protocols/datagramProtocol.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import { FlowMarks } from "../transports/flowMarks.js";
import { DatagramTransport } from "../transports/otherTransports.js";
import type { WriteBufferLimits } from "../transports/transport.js";

/** What each datagram adds to the bytes that wait, as in asyncio. */
const HEADER_SIZE = 8;

/** Datagrams that the loop has not come to; what arrives beyond them is lost, as in a full buffer of the system. */
const MAX_WAITING = 4096;

type Event = { readonly data: Uint8Array; readonly from: SocketAddress } | { readonly error: Error };

export class SocketDatagramTransport extends DatagramTransport implements Payload, ContextHolder, Attached {
  /** @internal */
  readonly _loop: EventLoop;
  /** @internal */
  declare _context: Bindings | Context;
  private readonly socket: Socket;
  /** The peer to which all is sent, if there is one; the system may know it as well. */
  private readonly remote: SocketAddress | null;
  private readonly isConnected: boolean;
  private protocol: DatagramProtocol | null;
  private readonly marks: FlowMarks;
  private readonly waiting: Event[];
  private slot: number;
  private buffered: number;
  private isStarted: boolean;
  private hasSent: boolean;
  private closing: boolean;
  private connLost: number;

  constructor(
    loop: EventLoop,
    socket: Socket,
    protocol: DatagramProtocol,
    remote: SocketAddress | null,
    isConnected: boolean,
    extra: Record<string, unknown>,
  ) {
    super(extra);
    this._loop = loop;
    this._context = copyBindings();
    this.socket = socket;
    this.remote = remote;
    this.isConnected = isConnected;
    this.protocol = protocol;
    this.marks = new FlowMarks();
    this.waiting = [];
    this.slot = 0;
    this.buffered = 0;
    this.isStarted = false;
    this.hasSent = false;
    this.closing = false;
    this.connLost = 0;
    attach(loop, this);
    socket.on("message", this.onMessage);
    socket.on("error", this.onError);
  }

  /** @internal Tells the protocol, then begins to report, then settles `waiter`. */
  _begin(waiter: Future<void>): void {
    const protocol = this.protocol!;
    this._loop.callSoon(() => protocol.connectionMade(this));
    this._loop.callSoon(() => {
      this.isStarted = true;
      if (this.waiting.length > 0) this.schedule();
    });
    this._loop.callSoon(() => {
      if (!waiter.done()) waiter.setResult(undefined);
    });
  }

  override setProtocol(protocol: BaseProtocol): void {
    this.protocol = protocol as DatagramProtocol;
  }

  override getProtocol(): BaseProtocol | null {
    return this.protocol;
  }

  override isClosing(): boolean {
    return this.closing;
  }

  /** How many bytes wait to be sent, with eight for each datagram. */
  getWriteBufferSize(): number {
    return this.buffered;
  }

  /** As a stream transport's. */
  setWriteBufferLimits(high?: number | null | WriteBufferLimits, low?: number | null): void {
    this.marks.set(high, low);
    this.marks.maybePause(this, this.protocol);
  }

  /** `[low, high]`. */
  getWriteBufferLimits(): [low: number, high: number] {
    return [this.marks.low, this.marks.high];
  }

  override sendto(data: Uint8Array, address: AddressLike | null = null): void {
    checkBytes(data, "sendto");
    const target = this.targetOf(address);
    if (this.connLost > 0) {
      this.connLost++;
      return;
    }
    const size = data.length + HEADER_SIZE;
    this.buffered += size;
    const onSent = (error: unknown): void => this.onSent(size, error);
    try {
      if (this.isConnected) this.socket.send(data, onSent);
      else this.socket.send(data, target!.port, target!.host, onSent);
    } catch (error) {
      onSent(error);
    }
    this.marks.maybePause(this, this.protocol);
  }

  private targetOf(address: AddressLike | null): { host: string; port: number } | null {
    const given = address === null ? null : parseAddress(address, "sendto");
    const { remote } = this;
    if (remote === null) {
      if (given === null) throw new ValueError("sendto expects an address: the endpoint has no peer of its own");
      return given;
    }
    if (given !== null && (given.host !== remote.address || given.port !== remote.port)) {
      throw new ValueError(`Invalid address: must be null or ${remote.address}:${remote.port}`);
    }
    return { host: remote.address, port: remote.port };
  }

  private onSent(size: number, error: unknown): void {
    this.buffered -= size;
    if (this.connLost > 0) return;
    if (error !== null && error !== undefined) this.waiting.push({ error: osErrorOf(error) });
    else if (!this.closing && !this.marks.isPaused) return;
    this.hasSent = true;
    this.schedule();
  }

  private readonly onMessage = (data: Uint8Array, { address, port }: RemoteInfo): void => {
    if (this.closing || this.waiting.length >= MAX_WAITING) return;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.waiting.push({ data: bytes, from: socketAddress(address, port) });
    if (this.isStarted) this.schedule();
  };

  private readonly onError = (error: unknown): void => {
    if (this.closing) return;
    this.waiting.push({ error: osErrorOf(error) });
    if (this.isStarted) this.schedule();
  };

  private schedule(): void {
    if (this.slot !== 0) return;
    const loop = this._loop;
    if (deliver(loop, this)) return;
    this.slot = loop._core.openCallback(this);
    if (loop._asleep) loop._rouse();
  }

  /** @internal */
  _run(): void {
    if (this.slot !== 0) {
      this._loop._core.release(this.slot);
      this.slot = 0;
    }
    const outer = thread.current.holder;
    thread.current.holder = this;
    try {
      if (this.connLost > 0) return;
      if (this.hasSent) this.reportSent();
      if (!this.closing) this.report();
    } catch (exception) {
      const { protocol } = this;
      this._loop.callExceptionHandler({
        message: "Exception in a datagram protocol",
        exception,
        transport: this,
        protocol,
      });
    } finally {
      thread.current.holder = outer;
    }
  }

  private reportSent(): void {
    this.hasSent = false;
    this.marks.maybeResume(this, this.protocol);
    if (this.closing && this.buffered === 0) this.lose(null);
  }

  private report(): void {
    const event = this.waiting.shift();
    if (event === undefined) return;
    if (this.waiting.length > 0) this.schedule();
    if ("error" in event) this.protocol!.errorReceived(event.error);
    else this.protocol!.datagramReceived(event.data, event.from);
  }

  /** Sends what waits, then closes. */
  override close(): void {
    if (this.closing) return;
    this.closing = true;
    if (this.buffered === 0) this.lose(null);
  }

  override abort(): void {
    this.closing = true;
    if (this.connLost === 0) this.lose(null);
  }

  private lose(error: Error | null): void {
    this.connLost = 1;
    this._loop.callSoon(() => {
      try {
        this.protocol?.connectionLost(error);
      } finally {
        this.closeSocket();
        this.protocol = null;
        detach(this._loop, this);
      }
    });
  }

  private closeSocket(): void {
    this.socket.off("message", this.onMessage);
    this.socket.close();
  }

  /** @internal */
  _loopClosed(): void {
    this.closing = true;
    this.connLost = 1;
    this.closeSocket();
  }

  override toString(): string {
    return `<DatagramTransport${this.closing ? " closing" : ""} ${textOf(this.getExtraInfo("sockname"))}>`;
  }
}
