import { thread } from "../context/current.js";
import { debugLoops, noteSourceOf, noteSource } from "../loop/debug.js";
import { watchOperation } from "../loop/neverAwaited.js";
import { unwatch } from "../loop/watched.js";
import { Coroutine, CLOSED, DRIVEN, drivenTwice, FRESH, type AnyGenerator } from "./coroutine.js";

/** A task has been made of it that has not begun yet. */
const TAKEN = -1;

/**
 * A coroutine of the library without a generator: it is its own iterator, and its `next` registers the current task and
 * later gives the outcome. One object and no frame, for what is awaited most.
 */
export abstract class Operation<T> extends Coroutine<T> {
  constructor() {
    super(null as unknown as AnyGenerator);
    if (debugLoops.size > 0) watchOperation(noteSource(this));
  }

  /** First call: begins, and returns SUSPENDED or a result; later calls: the outcome. */
  abstract override next(): IteratorResult<unknown, unknown>;

  /** @internal The first call of next, or RuntimeError when it has been driven before, or another task drives it. */
  protected isFirst(): boolean {
    if (this._state === DRIVEN) {
      if (this._link !== thread.current.task) throw drivenTwice(this);
      return false;
    }
    this._claim();
    this._link = thread.current.task;
    return true;
  }

  /** @internal */
  override _claim(): void {
    super._claim();
    if (debugLoops.size > 0) unwatch(this);
  }

  protected close(): void {
    this._state = CLOSED;
    this._link = null;
  }

  /** @internal A task is made of it. */
  _take(): void {
    this._claim();
    this._state = TAKEN;
  }

  override throw(error: unknown): never {
    this.close();
    throw error;
  }

  override return(value: unknown): IteratorResult<unknown, unknown> {
    this.close();
    return { value, done: true };
  }
}

function* runOperation<T>(operation: Operation<T>): Generator<unknown, T, unknown> {
  operation._state = FRESH;
  return yield* operation;
}

/** What a task can drive as a frame: an operation gets a generator around it. */
export function asFrame<T>(coroutine: Coroutine<T>): Coroutine<T> {
  if (!(coroutine instanceof Operation)) return coroutine;
  coroutine._take();
  const frame = new Coroutine<T>(runOperation(coroutine as Operation<T>));
  if (debugLoops.size > 0) noteSourceOf(frame, coroutine);
  return frame;
}

/** Whether the frame is the generator around an operation. */
export function isOperationFrame(frame: Coroutine<unknown>): boolean {
  return Object.getPrototypeOf(frame._generator) === runOperation.prototype;
}
