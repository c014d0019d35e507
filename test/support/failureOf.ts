import assert from "node:assert/strict";
import type { Steps } from "../../bindings/index.js";

/** What an awaitable throws. */
export function* failureOf(awaitable: object): Steps<unknown> {
  try {
    yield* awaitable as Steps<unknown>;
  } catch (error) {
    return error;
  }
  assert.fail("an error was expected");
}
