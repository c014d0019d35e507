// What passes between a suspended generator and the driver.
//
// The driver knows a suspension by the token in `value`, not by the identity of the result object: JavaScriptCore wraps
// what `yield*` passes through, V8 does not.

export const SUSPEND: unique symbol = Symbol("wasyncio.suspend");
export const CALL: unique symbol = Symbol("wasyncio.call");

// Both results are made by a generator, as the engine's own results have a hidden class of their own: with this one and
// no other, reading a result stays monomorphic everywhere.
const results = (function* (): Generator<unknown, unknown, unknown> {
  yield SUSPEND;
  yield CALL;
  return undefined;
})();

/** The awaitable has registered the task itself; nothing to do but to return to the loop. */
export const SUSPENDED = results.next() as IteratorResult<never, never>;

/** The top frame is to be started by the driver, not by the generator that awaits it. */
export const CALLED = results.next() as IteratorResult<never, never>;

/** The one result object of every awaitable that is done: the engine reads it before anything else can write it. */
export const DONE = results.next() as { value: unknown; done: true };
