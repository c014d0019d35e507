import { ENTRY_SHIFT, ENTRY_TASK, KIND_TASK } from "../../assembly/codes.js";
import { copyBindings, materialize, type Bindings, type Context } from "../context/context.js";
import { thread, type ContextHolder } from "../context/current.js";
import { CancelledError } from "../errors/cancelledError.js";
import { RuntimeError } from "../errors/errors.js";
import { Future } from "../futures/future.js";
import {
  CANCELLED,
  CANCELLING_ONE,
  CANCELLING_SHIFT,
  FINISHED,
  HAS_CANCEL_ERROR,
  MUST_CANCEL,
  NOTES_PLACES,
  SENT,
  STATE_MASK,
  STEP_MASK,
  WATCHED,
} from "../futures/state.js";
import { addWaiter } from "../futures/waiters.js";
import type { Waiter } from "../futures/waiter.js";
import type { Steppable } from "../loop/driver.js";
import type { EventLoop } from "../loop/eventLoop.js";
import type { Body, CoroutineLike, Steps } from "./awaitable.js";
import { tellWatchers } from "./cancelWatch.js";
import { DRIVEN, isFreshGenerator, type Coroutine } from "./coroutine.js";
import { keepLateMessage } from "./lateMessage.js";
import { nameText, newNumber, renamed, type TaskName } from "./taskName.js";
import { beginSpecially } from "./specialBegin.js";
import { runFrames } from "./step.js";
import { keepSentValue, takeSentValue } from "./sentValue.js";
import { notePlace, stackOf, writeStack, type StackFile, type StackOptions } from "./taskStack.js";
import { renewSignal, signalOf } from "./taskSignal.js";
import { lowered } from "./lowered.js";
import { stepSpecially } from "./specialStep.js";
import { checkSwallowed } from "./swallowedCancel.js";

export interface TaskOptions {
  /** Default `Task-1`, `Task-2`, … */
  name?: unknown;
  /** The context to run in, itself; by default a copy of the current one. */
  context?: Context;
  /** Runs the first step at once, if the loop runs: a task that does not suspend is done when it is returned. */
  eagerStart?: boolean;
  /** Cancels the task when it aborts; the CancelledError's cause is the signal's reason. */
  signal?: AbortSignal;
}

/** A coroutine on its way: driven by the loop, named, cancellable, awaitable any number of times. */
export class Task<T> extends Future<T> implements Steppable, Waiter, ContextHolder {
  /** @internal The frame that is resumed next; `null` when none is left. */
  declare _top: Coroutine<unknown> | null;
  /** @internal What the task waits for. */
  declare _waiting: Future<unknown> | null;
  /** @internal */
  declare _context: Bindings | Context;
  /** @internal */
  declare _name: TaskName;
  /** @internal What the task was made of. */
  declare readonly _target: unknown;

  /** The third parameter is the library's own: a loop without an object around it. */
  constructor(coro: CoroutineLike<T>, options?: TaskOptions & { loop?: EventLoop }, onLoop?: EventLoop) {
    super(onLoop === undefined ? options : onLoop._asOption);
    const loop = this._loop;
    this._top = null;
    this._waiting = null;
    this._context = copyBindings();
    this._target = coro;
    this._name = 0;
    // The plain case stands here, so that it is inlined where tasks are made.
    if (options === undefined && isFreshGenerator(coro) && !loop._asleep && !loop._debug && loop._propagate === null) {
      this._slot = loop._core.openTask(this);
      this._name = newNumber();
      this._top = coro;
      coro._state = DRIVEN;
      coro._link = null;
    } else {
      beginSpecially(this as Task<unknown>, coro, options ?? {});
    }
  }

  /** Asks the task to stop: CancelledError is raised where it waits. False when it is done already. */
  override cancel(msg?: unknown): boolean {
    if ((this._flags & STATE_MASK) !== 0) return false;
    this._flags += CANCELLING_ONE;
    if (this._waiting === null || !this._waiting.cancel(msg)) {
      if ((this._flags & (SENT | MUST_CANCEL)) === SENT) keepSentValue(this as Task<unknown>, this._value);
      this._flags |= MUST_CANCEL;
      this._value = msg;
      keepLateMessage(this as Task<unknown>, msg);
    }
    if ((this._flags & WATCHED) !== 0) tellWatchers(this as Task<unknown>, msg);
    return true;
  }

  /** How many cancellations were asked for and not taken back. */
  cancelling(): number {
    return this._flags >> CANCELLING_SHIFT;
  }

  /** Takes one request back; how many are left. At none, a cancellation not delivered yet is dropped. */
  uncancel(): number {
    if (this.cancelling() === 0) return 0;
    this._flags -= CANCELLING_ONE;
    if (this.cancelling() === 0) {
      // A task that failed with the request open has its error in the place of the message.
      if ((this._flags & MUST_CANCEL) !== 0 && !this.done()) {
        this._flags &= ~MUST_CANCEL;
        this._value = takeSentValue(this as Task<unknown>);
      }
      if ((this._flags & WATCHED) !== 0) renewSignal(this as Task<unknown>);
    }
    return this.cancelling();
  }

  getName(): string {
    return nameText(this._name);
  }

  setName(name: unknown): void {
    this._name = renamed(this._name, name);
  }

  getCoro(): CoroutineLike<T> | Body<T, [task: Task<unknown>]> {
    return this._target as CoroutineLike<T>;
  }

  /**
   * Aborts in the call that asks the task to cancel, with the CancelledError as reason. Made when first read; once
   * uncancel() has taken every request back, the next read gives a fresh one. In a scope prefer the scope's signal.
   */
  get signal(): AbortSignal {
    return signalOf(this as Task<unknown>);
  }

  getContext(): Context {
    return materialize(this);
  }

  /**
   * Lines of text, oldest first: the coroutines that a pending task has called (their places are known in debug mode), or
   * the frames of a failed one's error. As in asyncio `limit` keeps the newest of a pending task, the oldest of an error.
   */
  getStack(options?: StackOptions): string[] {
    return stackOf(this as Task<unknown>, options?.limit);
  }

  /** Writes getStack() with a title, and the error of a failed task, to `file`; by default where the host logs errors. */
  printStack(options?: StackOptions & { file?: StackFile }): void {
    writeStack(this as Task<unknown>, options);
  }

  /** `yield* task`. Whoever awaits the task of a compiled call has it: createTask no longer takes it over. */
  override [Symbol.iterator](): Steps<T> {
    if (this._owner !== null) this._owner = null;
    return this as unknown as Steps<T>;
  }

  /** RuntimeError: a task's outcome is its coroutine's. */
  override setResult(): never {
    throw new RuntimeError("Task does not support set_result operation: its result is what its coroutine returns");
  }

  /** RuntimeError: a task's outcome is its coroutine's. */
  override setException(): never {
    throw new RuntimeError("Task does not support set_exception operation: it fails with what its coroutine throws");
  }

  /** @internal */
  _step(): void {
    thread.current.task = this;
    const flags = this._flags & STEP_MASK;
    if (flags !== 0) {
      const waited = this._waiting;
      if (flags === SENT && (waited === null || (waited._flags & STATE_MASK) === FINISHED)) {
        this._flags ^= SENT;
        this._waiting = null;
        runFrames(this, waited === null ? this._value : waited._value, false);
      } else {
        stepSpecially(this as Task<unknown>);
      }
    } else {
      this._waiting = null;
      runFrames(this, undefined, false);
    }
    thread.current.task = null;
  }

  /** @internal */
  _run(): void {
    this._step();
  }

  /** @internal */
  _waitFor(future: Future<unknown>): void {
    if (future._loop !== this._loop || (future as unknown) === this) {
      this.refuse(future);
      return;
    }
    if (this._slot === 0) this._enterLoop();
    const entry = (this._slot << ENTRY_SHIFT) | ENTRY_TASK;
    if (future._slot === 0) future._openSlot(entry);
    else addWaiter(future, entry);
    this._waiting = future;
    if (this._flags >= MUST_CANCEL) this.suspendCancelled(future);
  }

  /** @internal The next step comes in the next iteration. */
  _giveWay(): void {
    if (this._slot === 0) this._enterLoop();
    this._loop._core.push((this._slot << ENTRY_SHIFT) | ENTRY_TASK);
    if (this._flags >= CANCELLING_ONE) this.suspendCancelled(null);
  }

  /** @internal Gives way; the next step sends `value` in. */
  _sendNext(value: unknown): void {
    this._value = value;
    this._flags |= SENT;
    this._giveWay();
  }

  /** @internal The coroutine has returned. */
  _finish(value: unknown): void {
    this._top = null;
    if ((this._flags & MUST_CANCEL) !== 0) {
      this._flags &= ~MUST_CANCEL;
      this._settle(CANCELLED, this._value);
    } else {
      this._settle(FINISHED, value);
    }
  }

  /** @internal The coroutine has thrown. */
  _abort(error: unknown): void {
    this._top = null;
    if (error instanceof CancelledError) {
      this._flags |= HAS_CANCEL_ERROR;
      this._settle(CANCELLED, error);
    } else {
      this._fail(error);
    }
  }

  /** @internal */
  override _kind(): string {
    return "Task";
  }

  /** @internal */
  override _detail(): string {
    const waiting = this._waiting === null ? "" : ` wait_for=${this._waiting._brief()}`;
    return ` name='${this.getName()}'${waiting}${super._detail()}`;
  }

  /** @internal Without what it waits for, which may be the task that asks. */
  override _brief(): string {
    return `<Task ${this.done() ? "finished" : "pending"} name='${this.getName()}'>`;
  }

  /** @internal An eager task has suspended, or is awaited from its own first step: the loop holds it from here on. */
  _enterLoop(): void {
    this._slot = this._loop._core.take(KIND_TASK, this);
  }

  /** @internal */
  override _openSlot(waiter: number): void {
    // Whoever waits for this task unregistered comes first, and has opened the slot then.
    lowered.registerWaiting();
    if (this._slot === 0) this._enterLoop();
    addWaiter(this as Future<unknown>, waiter);
  }

  /** The task suspends while a cancellation is open: asked for in this very step, or delivered before. */
  private suspendCancelled(future: Future<unknown> | null): void {
    if ((this._flags & NOTES_PLACES) !== 0) notePlace(this as Task<unknown>);
    if ((this._flags & MUST_CANCEL) === 0) {
      if (this._loop._debug && this._flags >= CANCELLING_ONE) checkSwallowed(this as Task<unknown>);
    } else if (future?.cancel(this._value) === true) {
      this._flags &= ~MUST_CANCEL;
    }
  }

  /** A future that can not be waited for: the error arrives in the next iteration, as in asyncio. */
  private refuse(future: Future<unknown>): void {
    const isSelf = (future as unknown) === this;
    const reason = `${this.toString()} got a Future attached to a different loop: ${future.toString()}`;
    this._raise(new RuntimeError(isSelf ? `Task cannot await on itself: ${this.toString()}` : reason));
  }

  /** @internal The next step, in the next iteration, begins with `error`: as if a failed future had been awaited. */
  _raise(error: Error): void {
    const failed = new Future<never>(this._loop._asOption);
    failed._fail(error);
    this._waiting = failed as Future<unknown>;
    this._flags |= SENT;
    this._giveWay();
  }
}
