// What a protocol holds: the connection as it may use it. The loop makes transports; a program only calls them, or derives
// its own to test a protocol.
import { RuntimeError } from "../../errors/errors.js";
import type { BaseProtocol } from "../protocols/protocol.js";

export class BaseTransport {
  /** @internal What getExtraInfo answers, by name. */
  readonly _extra: Record<string, unknown>;

  constructor(extra: Record<string, unknown> = {}) {
    this._extra = extra;
  }

  /** What is known about the connection under `name` (`peername`, `sockname`, `socket`, …), else `fallback`. */
  getExtraInfo(name: string, fallback: unknown = null): unknown {
    return Object.hasOwn(this._extra, name) ? this._extra[name] : fallback;
  }

  /** Whether it is closed, or about to be. */
  isClosing(): boolean {
    throw notImplemented("isClosing");
  }

  /** Writes what is buffered, then closes; the protocol's connectionLost(null) follows. Nothing more is received. */
  close(): void {
    throw notImplemented("close");
  }

  /** From now on `protocol` is told what happens. */
  setProtocol(_protocol: BaseProtocol): void {
    throw notImplemented("setProtocol");
  }

  /** Who is told what happens; `null` after connectionLost. */
  getProtocol(): BaseProtocol | null {
    throw notImplemented("getProtocol");
  }
}

export class ReadTransport extends BaseTransport {
  /** Whether arriving bytes go to the protocol now. */
  isReading(): boolean {
    throw notImplemented("isReading");
  }

  /** Nothing more goes to the protocol until resumeReading(); the peer is slowed down. Twice is no error. */
  pauseReading(): void {
    throw notImplemented("pauseReading");
  }

  resumeReading(): void {
    throw notImplemented("resumeReading");
  }
}

/** How many bytes may be buffered; for those who like names better than places. */
export interface WriteBufferLimits {
  high?: number | null;
  low?: number | null;
}

export class WriteTransport extends BaseTransport {
  /**
   * Above `high` bytes (default 65,536, or four times `low`) the protocol's pauseWriting() is called, down at `low` (default
   * a quarter of `high`) its resumeWriting(). ValueError unless `high` >= `low` >= 0. Zero for `high` pauses whenever bytes
   * wait. Takes `{ high, low }` as well.
   */
  setWriteBufferLimits(_high?: number | null | WriteBufferLimits, _low?: number | null): void {
    throw notImplemented("setWriteBufferLimits");
  }

  /** `[low, high]`. */
  getWriteBufferLimits(): [low: number, high: number] {
    throw notImplemented("getWriteBufferLimits");
  }

  /** How many bytes wait to be written. */
  getWriteBufferSize(): number {
    throw notImplemented("getWriteBufferSize");
  }

  /** Takes bytes to be written, and never waits. */
  write(_data: Uint8Array): void {
    throw notImplemented("write");
  }

  /** Writes each of them. */
  writelines(_list: Iterable<Uint8Array>): void {
    throw notImplemented("writelines");
  }

  /** Closes the writing half after what is buffered; bytes may still arrive. */
  writeEof(): void {
    throw notImplemented("writeEof");
  }

  /** Whether the transport has a writing half to close by itself. */
  canWriteEof(): boolean {
    throw notImplemented("canWriteEof");
  }

  /** Closes at once: what is buffered is lost. */
  abort(): void {
    throw notImplemented("abort");
  }

  /** Every Transport is one as well, though a class has but one base. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    const isOwn = Function.prototype[Symbol.hasInstance].call(this, value);
    return isOwn || (this === WriteTransport && value instanceof Transport);
  }
}

/** Both directions. */
export class Transport extends ReadTransport {}
export interface Transport extends WriteTransport {}

for (const [name, method] of Object.entries(Object.getOwnPropertyDescriptors(WriteTransport.prototype))) {
  if (name !== "constructor") Object.defineProperty(Transport.prototype, name, method);
}

/** As in asyncio: the base classes say what there is; whoever derives one fills it in. */
export function notImplemented(name: string): RuntimeError {
  return new RuntimeError(`${name}() is not implemented: the class of this transport has to override it`);
}
