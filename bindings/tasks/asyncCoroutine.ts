// Coroutines of compiled async functions: `await x` has become `yield x`.
//
// They differ from generator coroutines as JavaScript's await differs from `yield`: what is awaited or returned is
// flattened until it is no awaitable any more, and something that is none comes back after one pass through the loop.
import { thread } from "../context/current.js";
import { isPromiseLike } from "../futures/interop.js";
import { keepShape } from "../loop/shapes.js";
import { Coroutine, DRIVEN, resumeGenerator, type AnyGenerator } from "./coroutine.js";
import { lowered } from "./lowered.js";
import type { Task } from "./task.js";

export class AsyncCoroutine<T> extends Coroutine<T> {
  override get _flattens(): boolean {
    return true;
  }

  protected override start(): IteratorResult<unknown, unknown> {
    let result: IteratorResult<unknown, unknown>;
    try {
      result = super.start();
    } finally {
      // It was the engine that ran it: whoever gets what it yields does not look for a call that gives way.
      if (thread.current.deferred !== null) lowered.registerDeferred();
    }
    if (result.done !== true || !isPromiseLike(result.value)) return result;
    // It has returned something awaitable: what awaits that stands on top of this frame, which so stays driven.
    const task = thread.current.task as Task<unknown>;
    this._state = DRIVEN;
    this._link = task._top;
    const relay = new ReturnRelay(this as Coroutine<unknown>, result.value);
    task._top = relay;
    return resumeGenerator.call(relay._generator);
  }
}

function* awaitReturned(value: unknown): AnyGenerator {
  return yield value;
}

/** Awaits what an async function has returned; its frame ends together with the function's own, below it. */
export class ReturnRelay extends AsyncCoroutine<unknown> {
  constructor(returning: Coroutine<unknown>, value: unknown) {
    super(awaitReturned(value));
    this._state = DRIVEN;
    this._link = returning;
  }

  override get _isRelay(): boolean {
    return true;
  }
}

keepShape(() => new AsyncCoroutine(awaitReturned(undefined)));
