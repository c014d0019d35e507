import { checkInteger, describe } from "../../errors/checks.js";
import { RuntimeError, ValueError } from "../../errors/errors.js";
import { showAsText } from "../../errors/inspectForm.js";
import type { Future } from "../../futures/future.js";
import { FINISHED, STATE_MASK } from "../../futures/state.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import { findLoop } from "../../loop/running.js";
import { keepShape } from "../../loop/shapes.js";
import type { Coroutine } from "../../tasks/coroutine.js";
import { ByteBuffer } from "./byteBuffer.js";
import { checkBytes } from "../host/bytes.js";
import { feedFromWeb } from "./fromWeb.js";
import { LineIterator } from "./lineIterator.js";
import { Read, ReadAll, ReadExactly } from "./readSome.js";
import { ReadLine, ReadUntil } from "./readUntil.js";
import { readableOf } from "./toWeb.js";

/** Half of what a reader buffers before it pauses its transport, and the longest line: 64 KiB. */
export const DEFAULT_LIMIT = 65_536;

export interface StreamReaderOptions {
  /** In bytes: the longest message of `readuntil`, and half of what is buffered. Default 65,536. */
  limit?: number;
  loop?: EventLoop;
}

/** What a reader asks of the transport that feeds it. */
export interface PausableTransport {
  pauseReading(): void;
  resumeReading(): void;
}

/**
 * Bytes that arrive, to be read by coroutines. `openConnection` and `startServer` make readers; one of your own is fed by
 * `feedData` and `feedEof`. Bytes that were read are the caller's own.
 */
export class StreamReader implements AsyncIterable<Uint8Array, undefined> {
  /** @internal */
  declare readonly _limit: number;
  /** @internal */
  declare readonly _loop: EventLoop;
  /** @internal */
  declare readonly _buffer: ByteBuffer;
  /** @internal */
  declare _isEof: boolean;
  /** @internal What the read in progress waits for. */
  declare _waiter: Future<void> | null;
  /** @internal */
  declare _exception: unknown;
  declare private transport: PausableTransport | null;
  declare private isPaused: boolean;

  /** A number is short for `{ limit }`. */
  constructor(options: StreamReaderOptions | number = {}) {
    const { limit = DEFAULT_LIMIT, loop = findLoop() } = typeof options === "number" ? { limit: options } : options;
    this._limit = checkLimit(limit);
    this._loop = loop;
    this._buffer = new ByteBuffer();
    this._isEof = false;
    this._waiter = null;
    this._exception = null;
    this.transport = null;
    this.isPaused = false;
  }

  /** A reader of the platform's stream, which it locks; bytes are taken from it as the limit allows. */
  static fromWeb(readable: ReadableStream<Uint8Array>, options: StreamReaderOptions | number = {}): StreamReader {
    const reader = new StreamReader(options);
    feedFromWeb(reader, readable);
    return reader;
  }

  /**
   * At most `n` bytes, as soon as there is one; without `n`, or with a negative one, all up to the end. No bytes at the
   * end, and for 0. Throws what the stream failed with.
   */
  read(n = -1): Coroutine<Uint8Array> {
    checkInteger(n, "read()'s number of bytes");
    return n < 0 ? new ReadAll(this) : new Read(this, n);
  }

  /**
   * A line with its newline, the last one without if the stream ends in it, no bytes at the end. ValueError for a line
   * longer than the limit, which is thrown away as far as it has come.
   */
  readline(): Coroutine<Uint8Array> {
    return new ReadLine(this);
  }

  /** Exactly `n` bytes; IncompleteReadError, which has what came, when the stream ends before. */
  readexactly(n: number): Coroutine<Uint8Array> {
    checkInteger(n, "readexactly()'s number of bytes");
    if (n < 0) throw new ValueError(`readexactly size can not be less than zero, got ${n}`);
    return new ReadExactly(this, n);
  }

  /**
   * All up to and with the separator; with several, the one that ends first. IncompleteReadError when the stream ends
   * before; LimitOverrunError when what comes before the separator is longer than the limit: it stays in the buffer.
   */
  readuntil(separator: Uint8Array | readonly Uint8Array[] = NEWLINE): Coroutine<Uint8Array> {
    return new ReadUntil(this, checkSeparators(separator));
  }

  /** Whether the stream has ended and all of it was read. */
  atEof(): boolean {
    return this._isEof && this._buffer.length === 0;
  }

  /** What the stream failed with, else `null`. */
  exception(): unknown {
    return this._exception;
  }

  /** The stream has failed: reads throw `exception` from now on, the one that waits included. */
  setException(exception: unknown): void {
    this._exception = exception;
    const waiter = this._waiter;
    if (waiter === null) return;
    this._waiter = null;
    if (!waiter.cancelled()) waiter.setException(exception);
  }

  /** More bytes have come; they are copied. RuntimeError after feedEof(). */
  feedData(data: Uint8Array): void {
    checkBytes(data, "feedData()");
    this._feed(new Uint8Array(data));
  }

  /** The stream has ended. */
  feedEof(): void {
    this._isEof = true;
    this.wakeWaiter();
  }

  /** Whom to pause while nobody reads. RuntimeError when there is one already. */
  setTransport(transport: PausableTransport): void {
    if (this.transport !== null) throw new RuntimeError("Transport already set: a reader has one for its lifetime");
    this.transport = transport;
  }

  /** `for await (const line of reader)`: `readline()` up to the end. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Uint8Array, undefined> {
    return new LineIterator(this);
  }

  /** The platform's stream of what is read from here on. Cancelling it leaves the rest in the reader. */
  toWeb(): ReadableStream<Uint8Array> {
    return readableOf(this);
  }

  /** As asyncio shows it: `<StreamReader 5 bytes eof>`. */
  toString(): string {
    const parts = ["StreamReader"];
    if (this._buffer.length > 0) parts.push(`${this._buffer.length} bytes`);
    if (this._isEof) parts.push("eof");
    if (this._limit !== DEFAULT_LIMIT) parts.push(`limit=${this._limit}`);
    if (this._waiter !== null) parts.push(`waiter=${this._waiter.toString()}`);
    if (this._exception !== null) parts.push(`exception=${describe(this._exception)}`);
    if (this.transport !== null) parts.push(`transport=${describe(this.transport)}`);
    if (this.isPaused) parts.push("paused");
    return `<${parts.join(" ")}>`;
  }

  /** @internal feedData of a chunk that nobody else has. */
  _feed(data: Uint8Array): void {
    if (this._isEof) throw new RuntimeError("feedData after feedEof: the stream has ended");
    if (data.length === 0) return;
    this._buffer.append(data);
    this.wakeWaiter();
    if (this.transport === null || this.isPaused || this._buffer.length <= 2 * this._limit) return;
    this.transport.pauseReading();
    this.isPaused = true;
  }

  /** @internal The same connection from now on through `transport`. */
  _replaceTransport(transport: PausableTransport): void {
    if (this.isPaused) transport.pauseReading();
    this.transport = transport;
  }

  /** @internal */
  _take(size: number): Uint8Array {
    if (size === 0) return new Uint8Array();
    const data = this._buffer.take(size);
    if (this.isPaused) this._resumeIfRead();
    return data;
  }

  /** @internal The transport goes on once no more than the limit is left. */
  _resumeIfRead(): void {
    if (!this.isPaused || this._buffer.length > this._limit) return;
    this.isPaused = false;
    this.transport!.resumeReading();
  }

  /** @internal Who waits for more than the buffer may hold would wait for ever if the transport stayed paused. */
  _resumeForWait(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.transport!.resumeReading();
  }

  private wakeWaiter(): void {
    const waiter = this._waiter;
    if (waiter === null) return;
    this._waiter = null;
    if ((waiter._flags & STATE_MASK) === 0) waiter._settle(FINISHED, undefined);
  }
}
showAsText(StreamReader);

const NEWLINE = Uint8Array.of(10);

/** A positive number; TypeError or ValueError otherwise. */
export function checkLimit(limit: unknown): number {
  if (typeof limit !== "number" || Number.isNaN(limit)) {
    throw new TypeError(`limit must be a number of bytes, got ${describe(limit)}`);
  }
  if (limit <= 0) throw new ValueError(`Limit cannot be <= 0, got ${limit}`);
  return limit;
}

/** The shortest first. */
function checkSeparators(given: Uint8Array | readonly Uint8Array[]): readonly Uint8Array[] {
  const separators = Array.isArray(given) ? [...(given as Uint8Array[])] : [given as Uint8Array];
  for (const separator of separators) checkBytes(separator, "readuntil()");
  separators.sort((a, b) => a.length - b.length);
  if (separators.length === 0) throw new ValueError("Separator should contain at least one element");
  if (separators[0]!.length === 0) throw new ValueError("Separator should be at least one-byte string");
  return separators;
}

keepShape((loop) => new StreamReader({ loop }));
keepShape((loop) => new Read(new StreamReader({ loop }), 1));
keepShape((loop) => new ReadAll(new StreamReader({ loop })));
keepShape((loop) => new ReadExactly(new StreamReader({ loop }), 1));
keepShape((loop) => new ReadUntil(new StreamReader({ loop }), [NEWLINE]));
keepShape((loop) => new ReadLine(new StreamReader({ loop })));
