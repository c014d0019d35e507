// Async generators: a generator whose `yield* emit(value)` hands a value to whoever iterates, and whose other awaits
// belong to the iterating task, in its context.
//
// Each step (asend, athrow, aclose) is a coroutine of the iterating task. It puts the generator as a frame on that
// task's stack; an emit pops the frame, leaving the generator suspended until the next step.
import { RuntimeError, StopAsyncIteration } from "../errors/errors.js";
import { describe } from "../errors/checks.js";
import { thread } from "../context/current.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { findLoop } from "../loop/running.js";
import { DONE } from "../loop/suspension.js";
import type { Steps } from "./awaitable.js";
import { AgenFrame, EMITTED, type Resumption } from "./agenFrame.js";
import { checkGenerator, coroutine, type AnyGenerator, type Coroutine } from "./coroutine.js";
import { Operation } from "./operation.js";
import type { Task } from "./task.js";
import { forgetAgen, watchAgen, type OpenAgen } from "./agenRegistry.js";
import { noteStep, type StepRequest } from "./agenStep.js";

/** The generator itself and where it stands; apart from the public object, whose collection closes it. */
export class AgenBody implements OpenAgen {
  readonly generator: AnyGenerator;
  loop: EventLoop | null;
  isStarted: boolean;
  isFinished: boolean;
  isRunning: boolean;
  /** What `emit` handed over, until the step that waits for it takes it. */
  emission: { readonly value: unknown } | null;

  constructor(generator: AnyGenerator) {
    this.generator = generator;
    this.loop = null;
    this.isStarted = false;
    this.isFinished = false;
    this.isRunning = false;
    this.emission = null;
  }

  close(): Coroutine<void> {
    return closeBody(this);
  }
}

class Emit<S> extends Operation<S> {
  private readonly value: unknown;
  declare private hasEmitted: boolean;

  constructor(value: unknown) {
    super();
    this.value = value;
    this.hasEmitted = false;
  }

  /** Whoever takes the next step may be another task than the one that took this. */
  override next(sent?: unknown): IteratorResult<unknown, unknown> {
    if (this.hasEmitted) {
      this.close();
      DONE.value = sent;
      return DONE;
    }
    const frame = (thread.current.task as Task<unknown> | null)?._top;
    if (!(frame instanceof AgenFrame))
      throw new RuntimeError("emit() belongs in the body of an asyncGenerator function");
    this._claim();
    this.hasEmitted = true;
    frame.body.emission = { value: this.value };
    return EMITTED;
  }
}

/** `const sent = yield* emit(value)`: hands `value` to the iterator; gives what asend() sends, else `undefined`. */
export function emit<S = undefined>(value: unknown): Coroutine<S> {
  return new Emit<S>(value);
}

function* step(request: StepRequest): Steps<unknown> {
  const { body, how, argument, method, thrown } = request;
  request.isStarted = true;
  if (body.isRunning) throw new RuntimeError(`${method}(): asynchronous generator is already running`);
  if (body.isFinished) {
    if (thrown !== null) throw thrown.error;
    // As CPython does: closing or throwing into what has ended gives nothing, asking for a value is told the end.
    if (how !== "next") return undefined;
    throw new StopAsyncIteration();
  }
  if (thrown === null && how === "next" && (argument ?? null) !== null && !body.isStarted) {
    throw new TypeError("can't send a value to a just-started async generator: there is no emit() to receive it");
  }
  body.isRunning = true;
  try {
    yield* thrown === null ? new AgenFrame(body, how, argument) : new AgenFrame(body, "throw", thrown.error);
  } catch (error) {
    finish(body);
    if (error instanceof StopAsyncIteration) {
      throw new RuntimeError("async generator raised StopAsyncIteration", { cause: error });
    }
    throw error;
  } finally {
    body.isRunning = false;
  }
  return concludeStep(body, how);
}

function concludeStep(body: AgenBody, how: Resumption): unknown {
  const { emission } = body;
  body.emission = null;
  if (emission === null) {
    finish(body);
    if (how === "return") return undefined;
    throw new StopAsyncIteration();
  }
  if (how === "return") throw new RuntimeError("async generator ignored GeneratorExit: it emitted while being closed");
  return emission.value;
}

function finish(body: AgenBody): void {
  body.isFinished = true;
  forgetAgen(body);
}

const stepCoroutine = coroutine(step);

function makeStep(
  body: AgenBody,
  owner: object | null,
  how: Resumption,
  argument: unknown,
  method: string,
): Coroutine<unknown> {
  const request: StepRequest = { body, owner, how, argument, method, thrown: null, isStarted: false };
  return noteStep(stepCoroutine(request), request);
}

/** aclose() of a generator whose public object may be gone. */
function closeBody(body: AgenBody, owner: object | null = null): Coroutine<void> {
  return makeStep(body, owner, "return", undefined, "aclose") as Coroutine<void>;
}

/** What an asyncGenerator function returns. Steps are Coroutines, as in asyncio; next/throw/return give Promises. */
export class AsyncGeneratorObject<T, S = unknown> implements AsyncIterableIterator<T, undefined, S> {
  /** @internal */
  readonly _body: AgenBody;

  /** @internal */
  constructor(generator: AnyGenerator) {
    this._body = new AgenBody(generator);
  }

  /** Goes on with `value` as the result of the pending emit; the next emitted value, or StopAsyncIteration. */
  asend(value?: S): Coroutine<T> {
    this.beginIteration();
    return makeStep(this._body, this, "next", value, "asend") as Coroutine<T>;
  }

  /** Raises `error` at the pending emit; the next emitted value, or StopAsyncIteration. */
  athrow(error: unknown): Coroutine<T> {
    this.beginIteration();
    return makeStep(this._body, this, "throw", error, "athrow") as Coroutine<T>;
  }

  /** Ends the generator at the pending emit; its `finally` blocks run and may await. */
  aclose(): Coroutine<void> {
    this.beginIteration();
    return closeBody(this._body, this);
  }

  async next(value?: S): Promise<IteratorResult<T, undefined>> {
    return this.asResult(this.asend(value));
  }

  async throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    return this.asResult(this.athrow(error));
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    await this.aclose();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private async asResult(pending: Coroutine<T>): Promise<IteratorResult<T, undefined>> {
    try {
      return { value: await pending, done: false };
    } catch (error) {
      if (error instanceof StopAsyncIteration) return { value: undefined, done: true };
      throw error;
    }
  }

  private beginIteration(): void {
    if (this._body.loop !== null || this._body.isFinished) return;
    this._body.loop = findLoop();
    watchAgen(this, this._body);
  }
}

/** Makes a function that returns an async generator; its body is a generator that uses `yield* emit(value)`. */
export function asyncGenerator<This, A extends unknown[], T = unknown, S = unknown>(
  fn: (this: This, ...args: A) => Steps<void>,
): (this: This, ...args: A) => AsyncGeneratorObject<T, S> {
  if (typeof fn !== "function") throw new TypeError(`asyncGenerator expects a generator function, got ${describe(fn)}`);
  return function (this: This, ...args: A): AsyncGeneratorObject<T, S> {
    return new AsyncGeneratorObject<T, S>(checkGenerator(fn.apply(this, args), "asyncGenerator"));
  };
}
