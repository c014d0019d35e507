// A coroutine: a generator with the protocol of `yield*`, and a frame of the stack that its task drives.
//
// `yield* inner` makes the engine call inner.next(). It runs the inner generator right there, on the engine's stack: a
// call that does not suspend costs two calls and no turn of the loop. Before that the coroutine is linked on top of its
// task's frames. If the inner generator suspends, every generator above it is suspended as well, but the driver knows
// the top frame and resumes that one alone, whatever the depth (step.ts); resuming through the engine's delegation
// would pass every level again (measured: 171 ns against 43 eight levels deep). When the top frame is done, the driver
// pops it and resumes the next one, whose pending `yield*` calls next() here once more and fetches the outcome.
import { thread } from "../context/current.js";
import { describe } from "../errors/checks.js";
import { showAsText } from "../errors/inspectForm.js";
import { RuntimeError } from "../errors/errors.js";
import { notInTask } from "../futures/waiter.js";
import { noteCaller } from "../loop/callSites.js";
import { debugLoops, noteSource } from "../loop/debug.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { watchStart } from "../loop/neverAwaited.js";
import { unwatch } from "../loop/watched.js";
import { findLoop, running } from "../loop/running.js";
import { keepShape } from "../loop/shapes.js";
import { CALLED, DONE } from "../loop/suspension.js";
import type { Steps } from "./awaitable.js";
import { functionOf, rememberFunction, type AnyGenerator } from "./generatorFunctions.js";
import type { Task } from "./task.js";

/** Not driven yet. */
export const FRESH = 0;
/** A frame of its task's stack. */
export const DRIVEN = 1;
/** The driver has popped it; its caller's `yield*` fetches the outcome next. */
export const POPPED = 2;
/** Nothing more to come. */
export const CLOSED = 3;
/** A frame whose caller wrote `yield`: the driver sends the outcome in, nobody fetches it. */
export const DRIVEN_BY_YIELD = 4;

export type { AnyGenerator };

const generatorFunctionPrototype: unknown = Object.getPrototypeOf(function* () {});
const generatorPrototype = Object.getPrototypeOf(function* () {}.prototype) as AnyGenerator;

/** Generator.prototype.next, called directly: each generator function has a map of its own, a load would be megamorphic. */
export const resumeGenerator = generatorPrototype.next;
export const throwIntoGenerator = generatorPrototype.throw;
export const returnFromGenerator = generatorPrototype.return;

/** How many coroutines run inside of each other on the engine's stack, and how many may: about 2,400 fit on Node's. */
let inlineDepth = 0;
const MAX_INLINE_DEPTH = 400;

/** By the frame that begins it: each stretch of calls that the driver has started, counted from the bottom. */
const stretches = new WeakMap<object, number>();
const MAX_STRETCHES = 2_500;

/** What calling a coroutine function makes; it has not started. Drive it once: `yield*`, `await`, or createTask. */
export class Coroutine<T> implements PromiseLike<T> {
  /** @internal */
  declare _generator: AnyGenerator;
  /** @internal While fresh the loop that ran when it was made; the frame below while driven; the outcome while popped. */
  declare _link: unknown;
  /** @internal */
  declare _state: number;

  /** @internal */
  constructor(generator: AnyGenerator) {
    this._generator = generator;
    this._link = running.loop;
    this._state = FRESH;
  }

  /** @internal Whether what is awaited or returned is flattened, as JavaScript's await does. */
  get _flattens(): boolean {
    return false;
  }

  /** @internal Whether its end is that of the frame below as well. */
  get _isRelay(): boolean {
    return false;
  }

  [Symbol.iterator](): Steps<T> {
    return this as unknown as Steps<T>;
  }

  /** @internal */
  next(): IteratorResult<unknown, unknown> {
    if (this._state === FRESH) return this.start();
    if (this._state !== POPPED) throw drivenTwice(this);
    this._state = CLOSED;
    DONE.value = this._link;
    this._link = null;
    return DONE;
  }

  /** @internal */
  throw(error: unknown): never {
    this._state = CLOSED;
    this._link = null;
    noteCaller(error, Coroutine.prototype.throw);
    throw error;
  }

  /** @internal */
  return(value: unknown): IteratorResult<unknown, unknown> {
    const state = this._state;
    this._state = CLOSED;
    if (state === FRESH) unwatch(this._generator);
    return state === DRIVEN ? this._generator.return(value) : { value, done: true };
  }

  /** As a Promise: makes one Task at the first call. */
  then<R = T, E = never>(
    onFulfilled?: ((value: T) => R | PromiseLike<R>) | null,
    onRejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return this.asPromise().then(onFulfilled, onRejected);
  }

  catch<E = never>(onRejected?: ((reason: unknown) => E | PromiseLike<E>) | null): Promise<T | E> {
    return this.asPromise().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.asPromise().finally(onFinally);
  }

  get [Symbol.toStringTag](): string {
    return "Coroutine";
  }

  toString(): string {
    const name = functionOf(this._generator)?.name;
    return name ? `<Coroutine ${name}>` : "<Coroutine>";
  }

  /** @internal RuntimeError when somebody drives it, or has. */
  _checkFresh(): void {
    if (this._state !== FRESH) throw drivenTwice(this);
  }

  /** @internal Takes it for a driver. */
  _claim(): void {
    this._checkFresh();
    this._state = DRIVEN;
    this._link = null;
  }

  /** @internal Where `then` runs a fresh coroutine: on the loop that ran when it was made, while that runs. */
  protected home(): EventLoop {
    const loop = this._link as EventLoop | null;
    return loop?.isRunning() === true ? loop : findLoop();
  }

  /** @internal */
  protected start(): IteratorResult<unknown, unknown> {
    const task = thread.current.task as Task<unknown> | null;
    if (task === null) throw notInTask();
    const caller = task._top;
    this._state = DRIVEN;
    this._link = caller;
    task._top = this;
    // Too deep on the engine's stack: every generator of it yields, and the driver starts this one from its own level.
    if (inlineDepth === MAX_INLINE_DEPTH) {
      this.beginStretch();
      return CALLED;
    }
    let result: IteratorResult<unknown, unknown>;
    inlineDepth++;
    try {
      result = resumeGenerator.call(this._generator);
    } catch (error) {
      inlineDepth--;
      this.unlink(task, caller);
      throw error;
    }
    inlineDepth--;
    if (result.done === true) this.unlink(task, caller);
    return result;
  }

  /** Counts the stretches of calls below; a recursion that does not end is stopped before memory is. */
  private beginStretch(): void {
    let below = this._link as Coroutine<unknown> | null;
    while (below !== null && !stretches.has(below)) below = below._link as Coroutine<unknown> | null;
    const number = below === null ? 1 : stretches.get(below)! + 1;
    if (number <= MAX_STRETCHES) {
      stretches.set(this, number);
      return;
    }
    this.unlink(thread.current.task as Task<unknown>, this._link as Coroutine<unknown>);
    throw new RangeError(
      `Maximum call depth exceeded: ${MAX_STRETCHES * MAX_INLINE_DEPTH} coroutines await each other; does it end?`,
    );
  }

  /** @internal */
  protected unlink(task: Task<unknown>, caller: Coroutine<unknown> | null): void {
    this._state = CLOSED;
    this._link = null;
    task._top = caller;
  }

  /** @internal */
  protected asPromise(): Promise<T> {
    let task = adopted.get(this) as Task<T> | undefined;
    if (task === undefined) {
      if (this._state !== FRESH) return Promise.reject(drivenTwice(this));
      task = makeTask(this.home(), this);
      adopted.set(this, task as Task<unknown>);
    }
    return task.then();
  }
}

showAsText(Coroutine);
keepShape(() => new Coroutine((function* () {})()));

/** How `then` makes a Task; filled by task.ts, which stands on this file. */
let makeTask: <T>(loop: EventLoop, coroutine: Coroutine<T>) => Task<T>;
export function fillMakeTask(make: <T>(loop: EventLoop, coroutine: Coroutine<T>) => Task<T>): void {
  makeTask = make;
}

/** Coroutines that `then` has made a task of. Awaiting natively is off the hot path, so no field is spent on it. */
const adopted = new WeakMap<object, Task<unknown>>();

/** @internal */
export function drivenTwice(coroutine: object): RuntimeError {
  return new RuntimeError(
    adopted.has(coroutine)
      ? "cannot drive a coroutine that `then` or `await` has made a task of; await it again, or keep the task"
      : "cannot reuse already awaited coroutine: it is driven once; call the coroutine function again for another",
  );
}

/** `async def`: calling the result makes a Coroutine that has not started. */
export function coroutine<This, A extends unknown[], T>(
  fn: (this: This, ...args: A) => Steps<T>,
): (this: This, ...args: A) => Coroutine<T> {
  if (typeof fn !== "function") throw new TypeError(`coroutine expects a generator function, got ${describe(fn)}`);
  // A generator function can return nothing but a generator; what a wrapper of one returns is looked at.
  const make = isGeneratorFunction(fn)
    ? function (this: This, ...args: A): Coroutine<T> {
        if (debugLoops.size > 0) return noteSource(new Coroutine<T>(watchStart(fn.apply(this, args), fn.name)));
        return new Coroutine<T>(fn.apply(this, args));
      }
    : function (this: This, ...args: A): Coroutine<T> {
        return new Coroutine<T>(checkGenerator(fn.apply(this, args), "coroutine"));
      };
  rememberFunction(fn);
  Object.defineProperty(make, "name", { value: fn.name, configurable: true });
  coroutineFunctions.add(make);
  return make;
}

const coroutineFunctions = new WeakSet<object>();

/** @internal What the function given to `where` has returned, if that is a generator. */
export function checkGenerator(value: unknown, where: string): AnyGenerator {
  if (isGenerator(value)) return value;
  throw new TypeError(`${where} expects a generator function; this one returned ${describe(value)}`);
}

export function isGeneratorFunction(fn: unknown): boolean {
  return typeof fn === "function" && Object.getPrototypeOf(fn) === generatorFunctionPrototype;
}

export function isGenerator(value: unknown): value is AnyGenerator {
  return typeof value === "object" && value !== null && generatorPrototype.isPrototypeOf(value);
}

/** @internal A Coroutine that has a generator and was not driven: what most tasks are made of. */
export function isFreshGenerator<T>(value: unknown): value is Coroutine<T> {
  return value instanceof Coroutine && value._state === FRESH && value._generator !== null;
}

/** Whether `value` is a Coroutine. */
export function isCoroutine(value: unknown): value is Coroutine<unknown> {
  return value instanceof Coroutine;
}

/** Whether `value` is what `coroutine()` returned. */
export function isCoroutineFunction(value: unknown): boolean {
  return typeof value === "function" && coroutineFunctions.has(value);
}
