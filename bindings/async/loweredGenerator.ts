import { findLoop } from "../loop/running.js";
import { watchAgen } from "../tasks/agenRegistry.js";
import type { AnyGenerator, Coroutine } from "../tasks/coroutine.js";
import { asyncDispose } from "../hosts/disposeSymbols.js";
import { callEagerly, callLazily } from "./asyncFunction.js";
import { answer, GeneratorBody, type Request } from "./generatorBody.js";

type Result = IteratorResult<unknown, unknown>;

/**
 * What a lowered `async function*` returns: an AsyncGenerator as JavaScript knows it, with asyncio's steps besides. What
 * next(), throw() and return() give is awaitable: a Coroutine in lazy code, a Task in eager code.
 */
export abstract class LoweredGenerator {
  /** @internal */
  declare readonly _body: GeneratorBody;

  constructor(generator: AnyGenerator, awaitsValues: boolean) {
    this._body = new GeneratorBody(generator, awaitsValues);
  }

  next(value?: unknown): PromiseLike<Result> {
    return this._start("next", value);
  }

  throw(error?: unknown): PromiseLike<Result> {
    return this._start("throw", error);
  }

  return(value?: unknown): PromiseLike<Result> {
    return this._start("return", value);
  }

  /** The next value; StopAsyncIteration at the end, RuntimeError while another step runs. */
  asend(value?: unknown): Coroutine<unknown> {
    this._begin();
    return this._body.step("next", value, this);
  }

  /** Raises `error` where the generator stands; the next value, or StopAsyncIteration. */
  athrow(error: unknown): Coroutine<unknown> {
    this._begin();
    return this._body.step("throw", error, this);
  }

  /** Ends the generator where it stands; its `finally` blocks run, and may await. */
  aclose(): Coroutine<void> {
    this._begin();
    return this._body.close(this);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  [asyncDispose](): PromiseLike<Result> {
    return this._start("return", undefined);
  }

  get [Symbol.toStringTag](): string {
    return "AsyncGenerator";
  }

  /** @internal */
  protected abstract _start(how: Request, value: unknown): PromiseLike<Result>;

  /** @internal The first request decides which loop closes the generator if nobody else does. */
  protected _begin(): void {
    if (this._body.loop !== null || this._body.isFinished) return;
    this._body.loop = findLoop();
    watchAgen(this, this._body);
  }
}

/** Requests start when they are awaited, in the awaiting task; left open, the generator is closed as asyncio's are. */
export class LazyGenerator extends LoweredGenerator {
  protected override _start(how: Request, value: unknown): PromiseLike<Result> {
    this._begin();
    return callLazily(answer, this._body, [how, value, this]) as PromiseLike<Result>;
  }
}

/** Requests start at the call, each in a task of its own; left open, the generator is forgotten, as JavaScript's are. */
export class EagerGenerator extends LoweredGenerator {
  protected override _start(how: Request, value: unknown): PromiseLike<Result> {
    return callEagerly(answer, this._body, [how, value, this]) as PromiseLike<Result>;
  }

  protected override _begin(): void {}
}

// Iterator helpers, where the host has them, come from the prototype of all async iterators.
const native = Object.getPrototypeOf(async function* () {}.prototype) as object;
Object.setPrototypeOf(LoweredGenerator.prototype, Object.getPrototypeOf(native) as object);
