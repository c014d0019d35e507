// The host's streams as far as a caller has to know them, so that the package's types need none of the host's.

/** A Readable of the host. */
export interface ReadableLike {
  read(size?: number): unknown;
  pause(): unknown;
  resume(): unknown;
  destroy(error?: Error): unknown;
  readonly readableLength: number;
}

/** A Writable of the host. */
export interface WritableLike {
  write(chunk: Uint8Array, callback?: (error?: Error | null) => void): boolean;
  end(callback?: () => void): unknown;
  destroy(error?: Error): unknown;
  readonly writableLength: number;
  readonly writableHighWaterMark: number;
}

/** A Socket of node:net or node:tls, or any Duplex. */
export interface StreamLike extends ReadableLike, WritableLike {}
