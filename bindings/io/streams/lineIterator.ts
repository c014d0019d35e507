import { StopAsyncIteration } from "../../errors/errors.js";
import type { Steps } from "../../tasks/awaitable.js";
import { Coroutine } from "../../tasks/coroutine.js";
import type { StreamReader } from "./reader.js";

/** Reads line by line; ends with the stream. */
export class LineIterator implements AsyncIterableIterator<Uint8Array, undefined> {
  private readonly reader: StreamReader;

  constructor(reader: StreamReader) {
    this.reader = reader;
  }

  /** For `for await`. */
  next(): Coroutine<IteratorResult<Uint8Array, undefined>> {
    return new Coroutine(this.step());
  }

  /** For `anext()`: StopAsyncIteration at the end. */
  anext(): Coroutine<Uint8Array> {
    return new Coroutine(this.lineOrStop());
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private *step(): Steps<IteratorResult<Uint8Array, undefined>> {
    const value = yield* this.reader.readline();
    return value.length === 0 ? { value: undefined, done: true } : { value, done: false };
  }

  private *lineOrStop(): Steps<Uint8Array> {
    const line = yield* this.reader.readline();
    if (line.length === 0) throw new StopAsyncIteration();
    return line;
  }
}
