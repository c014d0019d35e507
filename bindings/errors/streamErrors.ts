// What reading from a stream raises.
import { brand } from "./brand.js";

/** The stream ended before all that was asked for had come. */
export class IncompleteReadError extends Error {
  /** What came before the end. */
  readonly partial: Uint8Array;
  /** How many bytes were asked for; `null` when it was a separator. */
  readonly expected: number | null;

  constructor(partial: Uint8Array, expected: number | null) {
    super(`${partial.length} bytes read on a total of ${expected ?? "undefined"} expected bytes`);
    this.partial = partial;
    this.expected = expected;
  }
}
brand(IncompleteReadError, "IncompleteReadError");

/** No separator within the reader's limit. The bytes stay in its buffer. */
export class LimitOverrunError extends Error {
  /** How many bytes of the buffer can be read without taking a part of a separator. */
  readonly consumed: number;

  constructor(message: string, consumed: number) {
    super(message);
    this.consumed = consumed;
  }
}
brand(LimitOverrunError, "LimitOverrunError");
