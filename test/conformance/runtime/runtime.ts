import type { Program } from "../format.js";
import { __awaiter, asyncToGenerator } from "../../../bindings/async/lazy.js";
import { box, boxing, unbox } from "./box.js";
import type { Budget } from "./budget.js";
import { Canonical } from "./canonical.js";
import { ErrorKinds, isGeneratorExit } from "./errors.js";
import type { Library, Loop, TaskLike } from "./library.js";
import { LoopHooks } from "./loopHooks.js";
import * as python from "./python.js";
import { Recorder } from "./recorder.js";
import { Runners } from "./runners.js";
import { entered, TaskGroupValue, TimeoutValue, within } from "./scopes.js";
import { spentCoroutine } from "./spentCoroutine.js";

/** Marks the end of an iteration. */
const END = Symbol("end of the iteration");

/** What a compiled program calls, as `runtime`. Operations that are one call of the library are not here. */
export class Runtime {
  readonly recorder: Recorder;
  readonly runners: Runners;
  readonly END = END;
  readonly truthy = python.truthy;
  readonly equal = python.equal;
  readonly identical = python.identical;
  readonly order = python.order;
  readonly add = python.add;
  readonly subtract = python.subtract;
  readonly count = python.count;
  readonly length = python.length;
  readonly at = python.at;
  readonly box = box;
  readonly unbox = unbox;
  readonly __awaiter = __awaiter;
  readonly asyncToGenerator = asyncToGenerator;
  readonly within = within;
  readonly entered = entered;
  readonly #library: Library;
  /** Coroutines that have been awaited or made a task of. */
  readonly #awaited = new WeakSet<object>();
  readonly #kinds: ErrorKinds;
  readonly #canonical: Canonical;
  readonly #hooks: LoopHooks;
  readonly #contextVars = new Map<string, object>();
  /** Async generators stay alive to the end, so that no trace depends on garbage collection. */
  readonly #generators: object[] = [];

  constructor(library: Library, program: Program, budget: Budget, taskNumberBase: number) {
    this.#library = library;
    this.#kinds = new ErrorKinds(library);
    this.#canonical = new Canonical(library, this.#kinds, taskNumberBase);
    this.recorder = new Recorder(library, this.#canonical);
    this.#hooks = new LoopHooks(library, this.recorder, this.#kinds);
    const onDeadlock = (): void => {
      this.recorder.record("deadlock", this.unfinishedNames());
      this.recorder.close();
      budget.end({ kind: "deadlock" });
    };
    this.runners = new Runners(library, budget, onDeadlock, (loop) => {
      this.recorder.loop = loop;
      this.#hooks.setExceptionHandler(loop, "trace");
      if (program.eager === true) this.#hooks.setTaskFactory(loop, "eager");
    });
    this.orStop = library.coroutine(this.orStop.bind(this)) as typeof this.orStop;
    this.boxedOrStop = library.coroutine(this.boxedOrStop.bind(this)) as typeof this.boxedOrStop;
  }

  get loop(): Loop {
    return this.runners.loop;
  }

  trace(id: string, ...values: unknown[]): void {
    this.recorder.record(id, ...values);
  }

  succeeded(id: string, value: unknown): void {
    this.recorder.record(id, "=", value);
  }

  /** Records the error and throws it on unless the statement swallows it. */
  failed(id: string, error: unknown, form: "t" | "c" | "ca"): void {
    if (isGeneratorExit(error)) throw error;
    this.recorder.record(id, "!", error);
    if (form === "t" || (form === "c" && error instanceof this.#library.CancelledError)) throw error;
  }

  labelled(register: string, value: unknown): unknown {
    this.#canonical.label(value, register);
    return value ?? null;
  }

  labelOf(value: unknown): string | null {
    return this.#canonical.labelOf(value);
  }

  nameOf(task: TaskLike): string {
    return this.#canonical.nameOf(task);
  }

  sorted(list: Iterable<unknown>): unknown[] {
    return this.#canonical.sorted(list);
  }

  doneAndPending({ done, pending }: { done: Iterable<unknown>; pending: Iterable<unknown> }): unknown[] {
    return [this.sorted(done), this.sorted(pending)];
  }

  unfinishedNames(): string[] {
    return Array.from(this.#library.allTasks(this.loop), (task) => this.nameOf(task)).sort();
  }

  error(kind: string, message: unknown): Error {
    return this.#kinds.make(kind, message);
  }

  kindOf(error: unknown): string {
    return this.#kinds.kindOf(error);
  }

  catches(error: unknown, kinds: readonly string[]): boolean {
    return this.#kinds.catches(error, kinds);
  }

  raisable(error: unknown): Error {
    if (error instanceof Error) return error;
    return new TypeError("only an error can be raised");
  }

  /** A value that cannot be awaited is yielded as it is, which the library has to refuse. */
  awaitable(value: unknown): unknown {
    if (this.#library.isCoroutine(value)) this.#awaited.add(value as object);
    if (this.#library.isFuture(value) || this.#library.isCoroutine(value)) return value;
    return (function* (): Generator {
      return (yield value ?? null) as unknown;
    })();
  }

  /** In an async function anything can be awaited, so the program itself refuses what asyncio does. */
  awaitableOnly(value: unknown): unknown {
    if (this.#library.isFuture(value) || this.#library.isCoroutine(value)) return this.awaitable(value);
    throw new TypeError("only a coroutine, a future or a task can be awaited");
  }

  /**
   * A coroutine that a task is to be made of. One that has been awaited is refused by the library at the call; in
   * asyncio the task is made and fails in its first step, so a coroutine that does just that takes its place.
   */
  forTask(value: unknown): unknown {
    if (!this.#library.isCoroutine(value)) return value;
    if (!this.#awaited.has(value as object)) {
      this.#awaited.add(value as object);
      return value;
    }
    return spentCoroutine(this.#library);
  }

  /** The same for a list: one coroutine named twice in it is one task. */
  forTasks(values: unknown): unknown {
    if (!Array.isArray(values)) return values;
    const taken = new Map<unknown, unknown>();
    for (const value of values) if (!taken.has(value)) taken.set(value, this.forTask(value));
    return values.map((value) => taken.get(value));
  }

  /** A predicate's value; of those that are false in Python, the empty list is true in JavaScript. */
  predicate(value: unknown): unknown {
    return python.truthy(value) ? value : false;
  }

  iterate(source: unknown): Iterator<unknown> {
    const make = (source as Iterable<unknown> | null | undefined)?.[Symbol.iterator];
    if (make === undefined) throw new TypeError("not iterable");
    return make.call(source);
  }

  /** Leaving a loop early does not close its iterator, so `for of` would not do. */
  next(iterator: Iterator<unknown>): unknown {
    const step = iterator.next();
    return step.done === true ? END : step.value;
  }

  iterateAsync(source: unknown): unknown {
    const make = (source as AsyncIterable<unknown> | null | undefined)?.[Symbol.asyncIterator];
    if (make === undefined) throw new TypeError("not asynchronously iterable");
    return make.call(source);
  }

  /** Awaits a step of an iterator; its end gives `end`. Made a coroutine function by the constructor. */
  *orStop(step: Iterable<unknown, unknown>, end: unknown): Generator<unknown, unknown> {
    try {
      return yield* step;
    } catch (error) {
      if (error instanceof this.#library.StopAsyncIteration) return end;
      throw error;
    }
  }

  /** The same where what an iterator gives may be awaitable and must not be flattened. */
  *boxedOrStop(step: Iterable<unknown, unknown>, end: unknown): Generator<unknown, unknown> {
    return box(yield* this.orStop(step, end));
  }

  boxing(target: unknown): unknown {
    return boxing(this.#library, target);
  }

  /** The result of a driver's operation inside a running loop, where the library should have thrown at the call. */
  refused(promise: unknown): string {
    void Promise.resolve(promise).catch(() => {});
    return "not refused";
  }

  keep(generator: object): object {
    this.#generators.push(generator);
    return generator;
  }

  timeout(delay: unknown): TimeoutValue {
    return TimeoutValue.after(this.#library, delay);
  }

  timeoutAt(when: number | null): TimeoutValue {
    return TimeoutValue.at(this.#library, when);
  }

  taskGroup(): TaskGroupValue {
    return new TaskGroupValue(this.#library);
  }

  contextVar(name: string): object {
    let variable = this.#contextVars.get(name);
    if (variable === undefined) {
      variable = new this.#library.ContextVar(name, { default: null });
      this.#contextVars.set(name, variable);
    }
    return variable;
  }

  report(message: string): void {
    this.loop.callExceptionHandler({ message: `user:${message}` });
  }

  setExceptionHandler(name: unknown): void {
    this.#hooks.setExceptionHandler(this.loop, name);
  }

  exceptionHandler(): string | null {
    return this.#hooks.exceptionHandler(this.loop);
  }

  setTaskFactory(name: unknown): void {
    this.#hooks.setTaskFactory(this.loop, name);
  }

  taskFactory(): string | null {
    return this.#hooks.taskFactory(this.loop);
  }
}
