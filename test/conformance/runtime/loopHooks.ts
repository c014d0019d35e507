import type { ErrorKinds } from "./errors.js";
import type { ExceptionContext, Library, Loop, TaskOptions } from "./library.js";
import type { Recorder } from "./recorder.js";

/** What an exception handler is called for, recognised by asyncio's wording; `what` is null for what is not traced. */
const REPORTS: readonly { readonly pattern: RegExp; readonly what: string | null }[] = [
  { pattern: /was never retrieved$/, what: null },
  { pattern: /^Task was destroyed/, what: null },
  { pattern: /^Exception in callback/, what: "callback" },
  { pattern: /exception in shielded future/, what: "shield" },
  { pattern: /^unhandled exception during asyncio\.run\(\) shutdown/, what: "shutdown" },
  { pattern: /has errored out but its parent/, what: "taskgroup" },
  { pattern: /^an error occurred during closing of asynchronous generator/, what: "asyncgen" },
];

/** The exception handlers and task factories that a program can install on its loop, by their names in the format. */
export class LoopHooks {
  readonly #library: Library;
  readonly #recorder: Recorder;
  readonly #kinds: ErrorKinds;
  #handlerName: string | null = "trace";
  readonly #factories: ReadonlyMap<unknown, unknown>;

  constructor(library: Library, recorder: Recorder, kinds: ErrorKinds) {
    this.#library = library;
    this.#recorder = recorder;
    this.#kinds = kinds;
    this.#factories = new Map<unknown, unknown>([
      ["eager", library.eagerTaskFactory],
      ["traced", this.#tracedFactory],
      ["eager_traced", library.createEagerTaskFactory?.(this.#tracedConstructor)],
    ]);
  }

  setExceptionHandler(loop: Loop, name: unknown): void {
    const traced = name === "trace" || name === "raise";
    loop.setExceptionHandler(traced ? this.#onException : name);
    this.#handlerName = traced ? name : null;
  }

  exceptionHandler(loop: Loop): string | null {
    return (loop.getExceptionHandler() ?? null) === null ? null : this.#handlerName;
  }

  /** A value that is no known name goes to the library, which has to refuse it. */
  setTaskFactory(loop: Loop, name: unknown): void {
    loop.setTaskFactory(this.#factories.get(name) ?? name);
  }

  taskFactory(loop: Loop): string | null {
    const factory = loop.getTaskFactory() ?? null;
    if (factory === null) return null;
    for (const [name, known] of this.#factories) if (known === factory) return String(name);
    return "unknown";
  }

  readonly #onException = (_loop: Loop, context: ExceptionContext): void => {
    const message = context.message ?? "";
    const report = REPORTS.find(({ pattern }) => pattern.test(message));
    if (report?.what === null) return;
    this.#recorder.record("loop_exc", report?.what ?? message, context.exception);
    if (this.#handlerName === "raise") throw this.#kinds.make("ErrB", "handler");
  };

  readonly #tracedFactory = (loop: Loop, coroutine: unknown, options: TaskOptions): unknown => {
    this.#recorder.record("factory", options.name);
    return new this.#library.Task(coroutine, { ...options, loop });
  };

  readonly #tracedConstructor = (coroutine: unknown, options: TaskOptions & { loop: Loop }): unknown => {
    this.#recorder.record("factory", options.name, options.eagerStart);
    return new this.#library.Task(coroutine, options);
  };
}
