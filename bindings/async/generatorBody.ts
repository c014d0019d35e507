// A lowered `async function*`: a generator that yields marks for what it awaits and everything else to its iterator.
//
// Each request (next, throw, return) is a coroutine of its own that resumes the generator until that hands over a value
// or ends. Awaits of the body are awaits of that coroutine, so they belong to the iterating task.
import { RuntimeError, StopAsyncIteration } from "../errors/errors.js";
import { Future } from "../futures/future.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { findLoop } from "../loop/running.js";
import { forgetAgen, type OpenAgen } from "../tasks/agenRegistry.js";
import { AsyncCoroutine } from "../tasks/asyncCoroutine.js";
import type { Steps } from "../tasks/awaitable.js";
import type { AnyGenerator, Coroutine } from "../tasks/coroutine.js";
import type { LoweredBody } from "./asyncFunction.js";
import { Awaiting, Delegated } from "./marks.js";

export type Request = "next" | "throw" | "return";

type Result = IteratorResult<unknown, unknown>;

/** The generator and where it stands; apart from the public object, whose collection closes it. */
export class GeneratorBody implements OpenAgen {
  declare readonly generator: AnyGenerator;
  declare loop: EventLoop | null;
  declare isFinished: boolean;
  /** Whether what is yielded and returned is still to be awaited; TypeScript's lowering does that itself. */
  declare private readonly awaitsValues: boolean;
  declare private isStarted: boolean;
  declare private isRunning: boolean;
  /** The public object while a request runs: its collection must not close the body meanwhile. */
  declare private owner: object | null;
  /** Requests that came while another one ran, in order; each is woken by the one before. */
  declare private readonly waiting: Future<undefined>[];

  constructor(generator: AnyGenerator, awaitsValues: boolean) {
    this.generator = generator;
    this.awaitsValues = awaitsValues;
    this.loop = null;
    this.isStarted = false;
    this.isFinished = false;
    this.isRunning = false;
    this.owner = null;
    this.waiting = [];
  }

  /** As asyncio has it: a RuntimeError while another request runs, StopAsyncIteration at the end. */
  step(how: "next" | "throw", argument: unknown, owner: object): Coroutine<unknown> {
    return new AsyncCoroutine<unknown>(this.stepOnce(how, argument, owner));
  }

  /** Ends the generator where it stands; its `finally` blocks run, and may await. */
  close(owner: object | null = null): Coroutine<void> {
    return new AsyncCoroutine<void>(this.closeOnce(owner));
  }

  /** @internal As JavaScript has it: requests wait for each other. `owner` is held until the request is answered. */
  *_answer(how: Request, argument: unknown, owner: object | null): Steps<Result> {
    if (this.isRunning) yield* this.turn();
    this.isRunning = true;
    this.owner = owner;
    try {
      if (!this.isStarted && how !== "next") this.finish();
      if (!this.isFinished) return yield* this.resume(how, argument);
      if (how === "throw") throw argument;
      if (how === "next" || argument === undefined) return { value: undefined, done: true };
      return { value: yield argument, done: true };
    } finally {
      this.owner = null;
      this.passTurn();
    }
  }

  private *stepOnce(how: "next" | "throw", argument: unknown, owner: object): Steps<unknown> {
    this.refuseSecond(how === "next" ? "asend" : "athrow");
    if (how === "next" && !this.isStarted && (argument ?? null) !== null) {
      throw new TypeError("can't send a value to a just-started async generator: there is no `yield` to receive it");
    }
    const { value, done } = yield* this._answer(how, argument, owner);
    if (done === true) throw new StopAsyncIteration();
    return value;
  }

  private *closeOnce(owner: object | null): Steps<void> {
    this.refuseSecond("aclose");
    const { done } = yield* this._answer("return", undefined, owner);
    if (done !== true)
      throw new RuntimeError("async generator ignored the request to end: it yielded while being closed");
  }

  private refuseSecond(method: string): void {
    if (this.isRunning) throw new RuntimeError(`${method}(): asynchronous generator is already running`);
  }

  /** Resumes the generator until it hands over a value or ends. */
  private *resume(request: Request, sent: unknown): Steps<Result> {
    let how = request;
    let argument = sent;
    this.isStarted = true;
    // What return() is given is awaited first; a failure of it is raised in the generator.
    let awaited: unknown = how === "return" && argument !== undefined ? new Awaiting(argument, true) : null;
    let isEnd = false;
    for (;;) {
      if (awaited instanceof Awaiting) {
        const { value, isDelegated } = awaited;
        if (!isDelegated || how !== "return") how = "next";
        try {
          argument = yield value;
        } catch (error) {
          how = "throw";
          argument = error;
        }
      }
      const result = this.enter(how, argument);
      ({ value: awaited } = result);
      isEnd = result.done === true;
      if (awaited instanceof Awaiting) continue;
      if (awaited instanceof Delegated) return { value: awaited.value, done: false };
      if (!this.awaitsValues || (isEnd && awaited === undefined)) return { value: awaited, done: isEnd };
      try {
        return { value: yield awaited, done: isEnd };
      } catch (error) {
        if (isEnd) throw error;
        how = "throw";
        argument = error;
        awaited = null;
      }
    }
  }

  private enter(how: Request, argument: unknown): Result {
    try {
      const result = this.generator[how](argument);
      if (result.done === true) this.finish();
      return result;
    } catch (error) {
      this.finish();
      throw error;
    }
  }

  private finish(): void {
    this.isFinished = true;
    forgetAgen(this);
  }

  /** Waits until the requests before this one are answered. */
  private *turn(): Steps<void> {
    const turn = new Future<undefined>({ loop: this.loop ?? findLoop() });
    this.waiting.push(turn);
    try {
      yield* turn;
    } catch (error) {
      // Cancelled in the same iteration in which the turn came: it is for the next in line.
      if (!turn.cancelled()) this.passTurn();
      throw error;
    }
  }

  private passTurn(): void {
    this.isRunning = false;
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      if (next.done()) continue;
      this.isRunning = true;
      next.setResult(undefined);
      return;
    }
  }
}

/** A request as a lowered body, to be called on a GeneratorBody as async functions are: lazily or eagerly. */
export const answer = GeneratorBody.prototype._answer as LoweredBody;
