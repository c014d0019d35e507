/**
 * How the generated source spells what suspends. This is the only place that knows: the rest of the
 * compiler produces awaitable expressions and statement blocks.
 */
export interface Spelling {
  /** An expression that waits for the awaitable which `awaitable` evaluates to. */
  readonly awaiting: (awaitable: string) => string;
  /** An expression that evaluates to a coroutine function. */
  readonly coroutine: (parameters: string, body: string) => string;
  /** A statement that ends a coroutine with the value of `value`. */
  readonly returning: (value: string) => string;
  /** An expression that evaluates to an async generator function. */
  readonly asyncGenerator: (parameters: string, body: string) => string;
  /** An expression that hands `value` to the consumer and evaluates to what it sends back. */
  readonly yielding: (value: string) => string;
  /** The function given to a scope, a lock or a barrier; it shares the locals of the function around it. */
  readonly scopeBody: (parameter: string, body: string) => string;
}

/** Generator coroutines: `yield*` awaits in place. */
export const GENERATORS: Spelling = {
  awaiting: (awaitable) => `(yield* ${awaitable})`,
  coroutine: (parameters, body) => `library.coroutine(function* (${parameters}) {\n${body}})`,
  returning: (value) => `return ${value};`,
  asyncGenerator: (parameters, body) => `library.asyncGenerator(function* (${parameters}) {\n${body}})`,
  yielding: (value) => `(yield* library.emit(${value}))`,
  scopeBody: (parameter, body) => `function* (${parameter}) {\n${body}}`,
};
