// read() and readexactly().
import { IncompleteReadError } from "../../errors/streamErrors.js";
import { DONE } from "../../loop/suspension.js";
import { joinBytes } from "./joinBytes.js";
import { ReadOperation } from "./readOperation.js";
import type { StreamReader } from "./reader.js";

/** At most `size` bytes, as soon as there is one. */
export class Read extends ReadOperation<Uint8Array> {
  declare private readonly size: number;

  constructor(reader: StreamReader, size: number) {
    super(reader);
    this.size = size;
  }

  override next(): IteratorResult<unknown, unknown> {
    const { reader } = this;
    if (!this.isFirst()) this.resume();
    else {
      this.checkStream();
      if (this.size !== 0 && reader._buffer.length === 0 && !reader._isEof) return this.wait("read");
    }
    this.close();
    DONE.value = reader._take(this.size);
    return DONE;
  }
}

/** All up to the end; in blocks, so that a transport that was paused goes on. */
export class ReadAll extends ReadOperation<Uint8Array> {
  declare private readonly blocks: Uint8Array[];

  constructor(reader: StreamReader) {
    super(reader);
    this.blocks = [];
  }

  override next(): IteratorResult<unknown, unknown> {
    const { reader } = this;
    let hasWaited = !this.isFirst();
    if (hasWaited) this.resume();
    for (;;) {
      if (!hasWaited) {
        this.checkStream();
        if (reader._buffer.length === 0 && !reader._isEof) return this.wait("read");
      }
      hasWaited = false;
      const block = reader._take(reader._limit);
      if (block.length === 0) break;
      this.blocks.push(block);
    }
    this.close();
    DONE.value = joinBytes(this.blocks);
    return DONE;
  }
}

/** Exactly `size` bytes. */
export class ReadExactly extends ReadOperation<Uint8Array> {
  declare private readonly size: number;

  constructor(reader: StreamReader, size: number) {
    super(reader);
    this.size = size;
  }

  override next(): IteratorResult<unknown, unknown> {
    const { reader, size } = this;
    if (!this.isFirst()) this.resume();
    else this.checkStream();
    if (reader._buffer.length < size) {
      if (reader._isEof) this.fail(new IncompleteReadError(reader._buffer.takeAll(), size));
      return this.wait("readexactly");
    }
    this.close();
    DONE.value = reader._take(size);
    return DONE;
  }
}
