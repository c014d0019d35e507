// The error classes that are nothing but a kind; those that carry more stand in files of their own.
import { brand } from "./brand.js";

/** An operation that does not fit the state of a Future: settled twice, or asked for a result that is not there yet. */
export class InvalidStateError extends Error {}
brand(InvalidStateError, "InvalidStateError");

/** A misuse that no more special class describes. */
export class RuntimeError extends Error {}
brand(RuntimeError, "RuntimeError");

/** A value of the right type that is out of range or out of place. */
export class ValueError extends Error {}
brand(ValueError, "ValueError");

/** A ContextVar without a value was asked for one. */
export class LookupError extends Error {}
brand(LookupError, "LookupError");

/** The program was interrupted from the keyboard (SIGINT) and its main task has ended by that. */
export class KeyboardInterrupt extends Error {}
brand(KeyboardInterrupt, "KeyboardInterrupt");

/** An async generator or iterator has no more values. */
export class StopAsyncIteration extends Error {}
brand(StopAsyncIteration, "StopAsyncIteration");

/** Nothing can run any more, and what is blocked waits for something that cannot happen. */
export class DeadlockError extends Error {}
brand(DeadlockError, "DeadlockError");

/** A fault of this library, not of its caller. Please report it with its message. */
export class InternalError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(`${message}. This is a bug in wasyncio: please report it with this message and the stack.`, options);
  }
}
brand(InternalError, "InternalError");
