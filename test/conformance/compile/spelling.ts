/**
 * How the generated source spells what suspends. This is the only place that knows: the rest of the
 * compiler produces awaitable expressions and statement blocks.
 */
export interface Spelling {
  /** An expression that waits for the awaitable which `awaitable` evaluates to. */
  readonly awaiting: (awaitable: string) => string;
  /** The awaitable for a value of the program, which may be none. */
  readonly awaitable: (value: string) => string;
  /** An expression that evaluates to a coroutine function. */
  readonly coroutine: (parameters: string, body: string) => string;
  /** A statement that ends a coroutine with the value of `value`. */
  readonly returning: (value: string) => string;
  /** An expression that evaluates to an async generator function. */
  readonly asyncGenerator: (parameters: string, body: string) => string;
  /** An expression that hands `value` to the consumer and evaluates to what it sends back. */
  readonly yielding: (value: string) => string;
  /** The awaitable for a step of an iterator; its end gives `end`. */
  readonly stepping: (step: string, end: string) => string;
  /** The function given to a scope, a lock or a barrier; it shares the locals of the function around it. */
  readonly scopeBody: (parameter: string, body: string) => string;
  /** A value handed to the library, which may come back as the result of an await. */
  readonly giving: (value: string) => string;
  /** The value that the library gives back for one that was given. */
  readonly taking: (result: string) => string;
}

/** How a program is written as a whole. */
export interface Form {
  readonly spelling: Spelling;
  /** Of async generators. */
  readonly ofGenerators: Spelling;
}

/** Generator coroutines: `yield*` awaits in place. */
const GENERATORS: Spelling = {
  awaiting: (awaitable) => `(yield* ${awaitable})`,
  awaitable: (value) => `runtime.awaitable(${value})`,
  coroutine: (parameters, body) => `library.coroutine(function* (${parameters}) {\n${body}})`,
  returning: (value) => `return ${value};`,
  asyncGenerator: (parameters, body) => `library.asyncGenerator(function* (${parameters}) {\n${body}})`,
  yielding: (value) => `(yield* library.emit(${value}))`,
  scopeBody: (parameter, body) => `function* (${parameter}) {\n${body}}`,
  stepping: (step, end) => `runtime.orStop(${step}, ${end})`,
  giving: (value) => value,
  taking: (result) => result,
};

const giving = (value: string): string => `runtime.box(${value})`;
const taking = (result: string): string => `runtime.unbox(${result})`;

/**
 * What a compiler's lowering makes of async functions: `await x` is `yield x`, which flattens. So what may be awaitable
 * travels in a box, and the program itself refuses to await what is not.
 */
const LOWERED: Omit<Spelling, "coroutine" | "scopeBody"> = {
  awaiting: (awaitable) => taking(`(yield ${awaitable})`),
  awaitable: (value) => `runtime.awaitableOnly(${value})`,
  returning: (value) => `return ${giving(value)};`,
  asyncGenerator: GENERATORS.asyncGenerator,
  yielding: (value) => GENERATORS.yielding(giving(value)),
  stepping: (step, end) => `runtime.boxedOrStop(${step}, ${end})`,
  giving,
  taking,
};

/** Generators among compiled functions: they meet the same boxes. */
const AMONG_LOWERED: Spelling = {
  ...GENERATORS,
  awaiting: (awaitable) => taking(GENERATORS.awaiting(awaitable)),
  returning: LOWERED.returning,
  yielding: LOWERED.yielding,
  stepping: LOWERED.stepping,
  giving,
  taking,
};

/** As tsc emits it: the helper is called in each call, with a generator function made there. */
const AWAITER: Spelling = {
  ...LOWERED,
  coroutine: (parameters, body) =>
    `function () {\nreturn runtime.__awaiter(this, arguments, void 0, function* (${parameters}) {\n${body}});\n}`,
  scopeBody: (parameter, body) => `(${parameter}) => runtime.__awaiter(this, void 0, void 0, function* () {\n${body}})`,
};

/** As Babel, SWC and OXC emit it: the helper is called once, where the function is made. */
const WRAP_ONCE: Spelling = {
  ...LOWERED,
  coroutine: (parameters, body) => `runtime.asyncToGenerator(function* (${parameters}) {\n${body}})`,
  scopeBody: (parameter, body) => `runtime.asyncToGenerator(function* (${parameter}) {\n${body}})`,
};

export const GENERATOR_FORM: Form = { spelling: GENERATORS, ofGenerators: GENERATORS };

/** The forms that a program can be run in, by name. */
export const FORMS: ReadonlyMap<string, Form> = new Map([
  ["generators", GENERATOR_FORM],
  ["typescript", { spelling: AWAITER, ofGenerators: AMONG_LOWERED }],
  ["babel", { spelling: WRAP_ONCE, ofGenerators: AMONG_LOWERED }],
]);

/** The form of that name; an Error that lists them when there is none. */
export function formNamed(name: string): Form {
  const form = FORMS.get(name);
  if (form === undefined) throw new Error(`no form named '${name}'; there are ${[...FORMS.keys()].join(", ")}`);
  return form;
}
