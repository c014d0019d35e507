import { ENTRY_SHIFT, ENTRY_TASK } from "../../assembly/codes.js";
import { checkContext, copyBindings, type Context } from "../context/context.js";
import { thread } from "../context/current.js";
import { CancelledError } from "../errors/cancelledError.js";
import { checkCallback } from "../errors/checks.js";
import { InvalidStateError } from "../errors/errors.js";
import { showAsText } from "../errors/inspectForm.js";
import { raise } from "../errors/raise.js";
import { noteCaller } from "../loop/callSites.js";
import { noteSource } from "../loop/debug.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { findLoop } from "../loop/running.js";
import { DONE, SUSPENDED } from "../loop/suspension.js";
import { notInTask, type Waiter } from "./waiter.js";
import type { Steps } from "../tasks/awaitable.js";
import { describeCallbacks, describeOutcome, describeState } from "./describe.js";
import { DoneCallback } from "./doneCallback.js";
import { promiseOf } from "./promiseOf.js";
import { CANCELLED, FAILED, FINISHED, HAS_CANCEL_ERROR, STATE_MASK, UNRETRIEVED } from "./state.js";
import { listWaiters, releaseWaiters, removeWaiter } from "./waiters.js";

/**
 * What stands behind a Future that is not plain: a sleep's timer, a gathering's children, a promise. Not a subclass, so
 * that the driver and everything else on the hot path meets one kind of object and stays monomorphic.
 */
export interface Owner {
  /** @internal Instead of settling `future` as cancelled; what cancel() then returns. */
  _cancel(future: Future<unknown>, msg: unknown): boolean;
  /** @internal For descriptions. */
  readonly _kind: string;
}

/**
 * A result that is not there yet. Await it with `yield*` in a coroutine or with `await` anywhere. Unlike a Promise it
 * can be asked for its state, be cancelled, and be settled by whoever holds it; like one it settles once.
 */
export class Future<T> implements PromiseLike<T> {
  /** @internal */
  declare readonly _loop: EventLoop;
  /** @internal State and flags, see state.ts. */
  declare _flags: number;
  /** @internal The core's slot: 0 while nobody waits, and again once settled. */
  declare _slot: number;
  /** @internal Whose outcome this is, where cancelling means more than settling; `null` for a plain Future. */
  declare _owner: Owner | null;
  /** @internal Result, exception, or what cancel() was given; a cancelled task's own error until it is retrieved. */
  declare _value: unknown;

  constructor(options?: { loop?: EventLoop }) {
    this._loop = options?.loop ?? findLoop();
    this._flags = 0;
    this._slot = 0;
    this._value = undefined;
    this._owner = null;
    if (this._loop._debug) noteSource(this);
  }

  /** The result. Throws the exception it failed with, CancelledError, or InvalidStateError while pending. */
  result(): T {
    if ((this._flags & STATE_MASK) === FINISHED) return this._value as T;
    throw this._failure();
  }

  /** The exception it failed with, else `null`. Throws CancelledError, or InvalidStateError while pending. */
  exception(): unknown {
    const state = this._flags & STATE_MASK;
    if (state === FINISHED) return null;
    if (state === 0) throw new InvalidStateError("Exception is not set: await the future, or ask done() first");
    const failure = this._failure();
    if (state === FAILED) return failure;
    throw failure;
  }

  done(): boolean {
    return (this._flags & STATE_MASK) !== 0;
  }

  cancelled(): boolean {
    return (this._flags & STATE_MASK) === CANCELLED;
  }

  setResult(result: T): void {
    this._checkPending();
    this._settle(FINISHED, result);
  }

  /** Fails the future. An error class is called to make the error, as in asyncio. */
  setException(exception: unknown): void {
    this._checkPending();
    const error =
      typeof exception === "function" && exception.prototype instanceof Error
        ? new (exception as new () => Error)()
        : exception;
    this._fail(error);
  }

  /** Settles the future as cancelled. False when it is done already. */
  cancel(msg?: unknown): boolean {
    if ((this._flags & STATE_MASK) !== 0) return false;
    if (this._owner !== null) return this._owner._cancel(this as Future<unknown>, msg);
    this._settle(CANCELLED, msg);
    return true;
  }

  /** Calls `callback(future)` through callSoon once the future is done, in a copy of the current context. */
  addDoneCallback(callback: (future: this) => unknown): void {
    checkCallback(callback, "addDoneCallback");
    if (this.done()) this._loop.callSoon(callback, this);
    else new DoneCallback(this as unknown as Future<never>, callback, copyBindings());
  }

  /** addDoneCallback in `context` itself. */
  addDoneCallbackIn(context: Context, callback: (future: this) => unknown): void {
    checkContext(context, "addDoneCallbackIn");
    checkCallback(callback, "addDoneCallbackIn");
    if (this.done()) this._loop.callSoonIn(context, callback, this);
    else new DoneCallback(this as unknown as Future<never>, callback, context);
  }

  /** Takes back each registration of `callback` that has not been scheduled yet; how many there were. */
  removeDoneCallback(callback: (future: this) => unknown): number {
    if (this._slot === 0) return 0;
    const core = this._loop._core;
    let removed = 0;
    for (const waiter of listWaiters(core, this._slot)) {
      const payload = core.payloads[waiter >>> ENTRY_SHIFT];
      if (!(payload instanceof DoneCallback) || payload._callback !== callback) continue;
      removed += removeWaiter(this as Future<unknown>, waiter);
      core.release(payload._slot);
    }
    return removed;
  }

  getLoop(): EventLoop {
    return this._loop;
  }

  /** As a Promise; from here on an exception is the host's to report if nobody handles it. */
  then<R = T, E = never>(
    onFulfilled?: ((value: T) => R | PromiseLike<R>) | null,
    onRejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return promiseOf(this as Future<T>).then(onFulfilled, onRejected);
  }

  catch<E = never>(onRejected?: ((reason: unknown) => E | PromiseLike<E>) | null): Promise<T | E> {
    return promiseOf(this as Future<T>).catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return promiseOf(this as Future<T>).finally(onFinally);
  }

  /** `yield* future` waits for it. The future is its own iterator: nothing is allocated. */
  [Symbol.iterator](): Steps<T> {
    return this as unknown as Steps<T>;
  }

  /** @internal Called by `yield*`: first to register the task, then to fetch the outcome. */
  next(): IteratorResult<unknown, unknown> {
    const state = this._flags & STATE_MASK;
    if (state === FINISHED) {
      DONE.value = this._value;
      return DONE;
    }
    if (state !== 0) raise(this.noted());
    const task = thread.current.task as unknown as Waiter | null;
    if (task === null) throw notInTask();
    task._waitFor(this as Future<unknown>);
    return SUSPENDED;
  }

  private noted(): unknown {
    if ((this._flags & STATE_MASK) === FAILED) noteCaller(this._value, Future.prototype.next);
    return this._failure();
  }

  /**
   * @internal What is thrown for a result that is not there. Given back, since the engine never compiles a function that
   * only throws, and interprets it without any feedback.
   */
  _failure(): unknown {
    const state = this._flags & STATE_MASK;
    if (state === CANCELLED) return this._takeCancelledError();
    if (state !== FAILED) return new InvalidStateError("Result is not ready: await the future, or ask done() first");
    this._markRetrieved();
    return this._value;
  }

  /** @internal Called by `yield*` when the driver throws into the waiting task. */
  throw(error: unknown): never {
    throw error;
  }

  /** @internal Called by `yield*` when the generator that waits is closed. */
  return(value: unknown): IteratorResult<unknown, unknown> {
    return { value, done: true };
  }

  /** @internal */
  _settle(state: number, value: unknown): void {
    this._flags |= state;
    this._value = value;
    if (this._slot !== 0) releaseWaiters(this as Future<unknown>);
  }

  /** @internal */
  _fail(error: unknown): void {
    // A gathering fails with its child's cancellation, which is nobody's mistake.
    if (!(error instanceof CancelledError)) {
      this._flags |= UNRETRIEVED;
      this._loop._unretrieved.note(this);
    }
    this._settle(FAILED, error);
  }

  /** @internal Takes a slot for the first waiter. */
  _openSlot(waiter: number): void {
    this._slot = this._loop._core.openFuture(waiter);
  }

  /** @internal A task stops waiting without any outcome. */
  _abandon(task: { readonly _slot: number }): void {
    removeWaiter(this as Future<unknown>, (task._slot << ENTRY_SHIFT) | ENTRY_TASK);
  }

  /** @internal */
  _checkPending(): void {
    if ((this._flags & STATE_MASK) !== 0) {
      throw new InvalidStateError(`invalid state: the future is done already (${describeState(this._flags)})`);
    }
  }

  /** @internal */
  _markRetrieved(): void {
    if ((this._flags & UNRETRIEVED) === 0) return;
    this._flags &= ~UNRETRIEVED;
    this._loop._unretrieved.forget(this);
  }

  /** @internal */
  _reportUnretrieved(): void {
    if ((this._flags & UNRETRIEVED) === 0) return;
    this._flags &= ~UNRETRIEVED;
    const context = { message: this._unretrievedMessage(), exception: this._value };
    this._loop.callExceptionHandler({ ...context, future: this as Future<unknown> });
  }

  /** @internal */
  _unretrievedMessage(): string {
    return `${this._kind()} exception was never retrieved`;
  }

  /** @internal */
  _kind(): string {
    return this._owner?._kind ?? "Future";
  }

  /** @internal The error to raise for a cancelled future: a task's own, once; otherwise a new one. */
  _takeCancelledError(): CancelledError {
    if ((this._flags & HAS_CANCEL_ERROR) === 0) return new CancelledError(this._value);
    this._flags &= ~HAS_CANCEL_ERROR;
    const error = this._value as CancelledError;
    this._value = undefined;
    return error;
  }

  /** @internal What cancel() was given, if that is what a new CancelledError would carry. */
  _cancelMessage(): unknown {
    return (this._flags & HAS_CANCEL_ERROR) === 0 ? this._value : undefined;
  }

  get [Symbol.toStringTag](): string {
    return this._kind();
  }

  /** @internal For the text about another future. */
  _brief(): string {
    return this.toString();
  }

  toString(): string {
    const callbacks = describeCallbacks(this as Future<unknown>);
    return `<${this._kind()} ${describeState(this._flags)}${this._detail()}${callbacks}>`;
  }

  /** @internal */
  _detail(): string {
    return describeOutcome(this._flags, this._value);
  }
}
showAsText(Future);

/** Whether `value` is a Future or Task, of this or another copy of the package. */
export function isFuture(value: unknown): value is Future<unknown> {
  return value instanceof Future || (typeof value === "object" && value !== null && FUTURE in value);
}

const FUTURE = Symbol.for("wasyncio.Future");
Object.defineProperty(Future.prototype, FUTURE, { value: true });
