// What the loops over a task's frames do with a frame that has ended, and with what a frame has yielded.
import { FAILED, FINISHED, SENT, STATE_MASK } from "../futures/state.js";
import { type Future, isFuture } from "../futures/future.js";
import { isPromiseLike, wrapFuture } from "../futures/interop.js";
import { describe } from "../errors/checks.js";
import { CLOSED, Coroutine, DRIVEN, DRIVEN_BY_YIELD, isGenerator, POPPED } from "./coroutine.js";
import { EMIT } from "./agenFrame.js";
import { spent } from "./generatorFunctions.js";
import { asFrame } from "./operation.js";
import { notePassing } from "./taskStack.js";
import type { Task } from "./task.js";
import { UNCLAIMED } from "./unclaimed.js";

/** Takes a frame that has ended off the stack; the one below, or `null`. */
export function pop(frame: Coroutine<unknown>, outcome: unknown): Coroutine<unknown> | null {
  const caller = frame._link as Coroutine<unknown> | null;
  if (frame._state === DRIVEN && caller !== null) {
    if (frame._isRelay) return pop(caller, outcome);
    frame._state = POPPED;
    frame._link = outcome;
  } else {
    frame._state = CLOSED;
    frame._link = null;
    frame._generator = spent(frame._generator);
  }
  return caller;
}

/** What the top frame is resumed with at once. */
export interface Ready {
  readonly value: unknown;
  readonly isError: boolean;
}

export const CONTINUE: Ready = Object.freeze({ value: undefined, isError: false });

/** `null`: the task waits. */
export function awaitYielded(task: Task<unknown>, awaited: unknown): Ready | null {
  if (task._top!._flattens && !isPromiseLike(awaited)) {
    task._sendNext(awaited);
    return null;
  }
  if (isFuture(awaited)) {
    if (awaited._owner === UNCLAIMED) awaited._owner = null;
    return awaitFuture(task, awaited);
  }
  if (awaited instanceof Coroutine) {
    pushFrame(task, asFrame(awaited));
    return CONTINUE;
  }
  if (isGenerator(awaited)) {
    pushFrame(task, new Coroutine(awaited));
    return CONTINUE;
  }
  if (awaited === EMIT) {
    task._top = pop(task._top!, undefined);
    return CONTINUE;
  }
  if (isPromiseLike(awaited)) return awaitFuture(task, wrapFuture(awaited, { loop: task._loop }));
  throw new TypeError(
    `a task can not await ${describe(awaited)}: yield a coroutine, Future, Task or promise, or nothing to give way`,
  );
}

function awaitFuture(task: Task<unknown>, future: Future<unknown>): Ready | null {
  const state = future._flags & STATE_MASK;
  if (state === FINISHED) return { value: future._value, isError: false };
  if (state !== 0) {
    if (state === FAILED) notePassing(task._top!, future, future._value);
    throw future._failure();
  }
  task._waitFor(future);
  task._flags |= SENT;
  return null;
}

function pushFrame(task: Task<unknown>, frame: Coroutine<unknown>): void {
  frame._claim();
  frame._state = DRIVEN_BY_YIELD;
  frame._link = task._top;
  task._top = frame;
}
