// readuntil() and readline().
import { ValueError } from "../../errors/errors.js";
import { IncompleteReadError, LimitOverrunError } from "../../errors/streamErrors.js";
import { DONE } from "../../loop/suspension.js";
import { ReadOperation } from "./readOperation.js";
import type { StreamReader } from "./reader.js";

/** Where a message was found: its separator's place, and its end behind that. */
interface Match {
  readonly start: number;
  readonly end: number;
}

/** Up to and with the separator that ends first. */
export class ReadUntil extends ReadOperation<Uint8Array> {
  /** By length, shortest first. */
  declare private readonly separators: readonly Uint8Array[];
  /** Before here no separator begins. */
  declare private searched: number;

  constructor(reader: StreamReader, separators: readonly Uint8Array[]) {
    super(reader);
    this.separators = separators;
    this.searched = 0;
  }

  override next(): IteratorResult<unknown, unknown> {
    const { reader } = this;
    if (!this.isFirst()) this.resume();
    else this.checkStream();
    const match = this.search();
    if (match === null) {
      // A separator that the last chunk brought is found although the stream has ended.
      if (reader._isEof) return this.give(this.atEnd(reader._buffer.takeAll()));
      return this.wait("readuntil");
    }
    if (match.start > reader._limit) {
      this.overrun("Separator is found, but chunk is longer than limit", match.start);
    }
    return this.give(reader._take(match.end));
  }

  /** The stream has ended without a separator. */
  protected atEnd(partial: Uint8Array): Uint8Array {
    this.fail(new IncompleteReadError(partial, null));
  }

  /** There is more than the limit without a separator. */
  protected overrun(message: string, consumed: number): never {
    this.fail(new LimitOverrunError(message, consumed));
  }

  private give(bytes: Uint8Array): IteratorResult<unknown, unknown> {
    this.close();
    DONE.value = bytes;
    return DONE;
  }

  private search(): Match | null {
    const { reader, separators } = this;
    const { _buffer: buffer } = reader;
    if (buffer.length - this.searched < separators[0]!.length) return null;
    let match: Match | null = null;
    for (const separator of separators) {
      const start = buffer.indexOf(separator, this.searched);
      if (start === -1) continue;
      const end = start + separator.length;
      if (match === null || end < match.end) match = { start, end };
    }
    if (match !== null) return match;
    // The longest separator may have come up to its last byte.
    this.searched = Math.max(0, buffer.length + 1 - separators.at(-1)!.length);
    if (this.searched > reader._limit) {
      this.overrun("Separator is not found, and chunk exceed the limit", this.searched);
    }
    return null;
  }
}

const NEWLINE = Uint8Array.of(10);
const NEWLINES: readonly Uint8Array[] = [NEWLINE];

/** A line with its newline; without, if the stream has ended in the middle of it. */
export class ReadLine extends ReadUntil {
  constructor(reader: StreamReader) {
    super(reader, NEWLINES);
  }

  protected override atEnd(partial: Uint8Array): Uint8Array {
    return partial;
  }

  /** The line is thrown away: with its newline when that has come, else as far as it has come. */
  protected override overrun(message: string, consumed: number): never {
    const { reader } = this;
    if (reader._buffer.hasAt(NEWLINE, consumed)) reader._buffer.drop(consumed + NEWLINE.length);
    else reader._buffer.clear();
    this.close();
    reader._resumeIfRead();
    throw new ValueError(message);
  }
}
