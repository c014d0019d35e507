// What a lowered async generator yields that is not for its iterator.

/** `await` inside of an async generator. */
export class Awaiting {
  declare readonly value: unknown;
  /** Made by a delegation: if the generator is being closed, it goes on being closed with what comes back. */
  declare readonly isDelegated: boolean;

  constructor(value: unknown, isDelegated: boolean) {
    this.value = value;
    this.isDelegated = isDelegated;
  }
}

/** A value of the iterator that `yield*` delegates to: it goes on as it is, and is not awaited. */
export class Delegated {
  declare readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** TypeScript's `__await(value)`, Babel's `awaitAsyncGenerator(value)`: yielded for `await value`. */
export function awaitInGenerator(value: unknown): Awaiting {
  return new Awaiting(value, false);
}
