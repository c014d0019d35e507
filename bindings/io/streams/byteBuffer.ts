// What has come and was not read yet.
//
// Most chunks are read whole before the next one comes: such a chunk is kept as it came and handed on without a copy.
// When a second one comes before that, both move into memory of the buffer's own, which grows by doubling; so a
// separator is always looked for in one piece, and a byte is copied a bounded number of times however small the chunks
// are. Bytes that are taken out are never shared with what stays.

const EMPTY = new Uint8Array(0);

export class ByteBuffer {
  declare private bytes: Uint8Array;
  declare private start: number;
  declare private end: number;
  /** Whether `bytes` was made here, so that it may be written to behind `end`. */
  declare private isOwn: boolean;

  constructor() {
    this.bytes = EMPTY;
    this.start = 0;
    this.end = 0;
    this.isOwn = false;
  }

  get length(): number {
    return this.end - this.start;
  }

  /** Takes the chunk over: nobody else may write to it any more. */
  append(chunk: Uint8Array): void {
    if (this.start === this.end) {
      // A Node Buffer is a Uint8Array with methods of another meaning.
      this.bytes =
        chunk.constructor === Uint8Array ? chunk : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      this.start = 0;
      this.end = chunk.length;
      this.isOwn = false;
      return;
    }
    if (!this.isOwn || this.end + chunk.length > this.bytes.length) this.makeRoom(chunk.length);
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
  }

  /** The first `size` bytes, or all there are. */
  take(size: number): Uint8Array {
    const { bytes, start } = this;
    if (size >= this.end - start) return this.takeAll();
    this.start = start + size;
    return bytes.slice(start, start + size);
  }

  takeAll(): Uint8Array {
    const { bytes, start, end, isOwn } = this;
    this.clear();
    return !isOwn && start === 0 && end === bytes.length ? bytes : bytes.slice(start, end);
  }

  /** Throws the first `size` bytes away. */
  drop(size: number): void {
    if (size >= this.length) this.clear();
    else this.start += size;
  }

  clear(): void {
    this.bytes = EMPTY;
    this.start = 0;
    this.end = 0;
    this.isOwn = false;
  }

  /** Where `pattern` stands first, not before `from`; -1 when nowhere. */
  indexOf(pattern: Uint8Array, from: number): number {
    const { start, end } = this;
    // What an earlier content left behind the end is not searched.
    const bytes = end === this.bytes.length ? this.bytes : this.bytes.subarray(0, end);
    const first = pattern[0]!;
    const last = end - pattern.length;
    for (let at = bytes.indexOf(first, start + from); at !== -1 && at <= last; at = bytes.indexOf(first, at + 1)) {
      if (stands(pattern, bytes, at)) return at - start;
    }
    return -1;
  }

  /** Whether `pattern` stands at `at`. */
  hasAt(pattern: Uint8Array, at: number): boolean {
    return at + pattern.length <= this.length && stands(pattern, this.bytes, this.start + at);
  }

  private makeRoom(more: number): void {
    const { bytes, start, end } = this;
    const needed = end - start + more;
    // Half of it has been read since it was last moved: moving the rest costs less than reading that did.
    if (this.isOwn && needed * 2 <= bytes.length) {
      bytes.copyWithin(0, start, end);
    } else {
      this.bytes = new Uint8Array(needed * 2);
      this.bytes.set(bytes.subarray(start, end));
      this.isOwn = true;
    }
    this.start = 0;
    this.end = end - start;
  }
}

function stands(pattern: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < pattern.length; i++) if (bytes[at + i] !== pattern[i]) return false;
  return true;
}
