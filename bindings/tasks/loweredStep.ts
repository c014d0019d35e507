// A step of a task whose frames are those of compiled async functions: as step.ts, and besides what is awaited or returned
// is flattened, passes through the loop are taken at once where nothing else is ready, and the frames of calls that are
// awaited at once are run here as well (inlinePass.ts). Apart, so that the loop of step.ts stays small enough to be
// inlined where tasks are stepped (measured: 15 % of a task switch).
import { thread } from "../context/current.js";
import { FINISHED, STATE_MASK } from "../futures/state.js";
import { Future } from "../futures/future.js";
import { isObject, isPromiseLike } from "../futures/interop.js";
import { CALL, SUSPEND } from "../loop/suspension.js";
import { frameOf } from "./callFrame.js";
import { DRIVEN_BY_YIELD, type AnyGenerator } from "./coroutine.js";
import { ReturnRelay } from "./asyncCoroutine.js";
import { CONTINUE, pop } from "./frames.js";
import {
  adoptDeferred,
  nextWaiter,
  passAtOnce,
  registerDeferred,
  registerWaiting,
  unregisteredTasks,
} from "./inlinePass.js";
import { fillLowered } from "./lowered.js";
import { resume, takeThrown, tryAwait } from "./resume.js";
import { notePassing } from "./taskStack.js";
import type { Task } from "./task.js";
import { UNCLAIMED } from "./unclaimed.js";

export function runLowered(stepped: Task<unknown>, sent: unknown, isError: boolean): void {
  let task = stepped;
  let value = sent;
  let throwing = isError;
  // `null`: the task is that of a call that is driven without a frame (callFrame.ts).
  let frame = task._top;
  let awaiting = !isError && isObject(value) && frame!._flattens && isPromiseLike(value);
  for (;;) {
    if (awaiting) {
      awaiting = false;
      // The frame that yielded may have been run inside of `frame` by the engine: it is the top one that goes on.
      const ready = tryAwait(task, value);
      if (ready === null) return registerWaiting();
      value = ready.value;
      throwing = ready.isError;
      frame = task._top!;
      awaiting = !throwing && frame._flattens && isPromiseLike(value);
      if (awaiting) continue;
    }
    const generator = frame === null ? (task._target as AnyGenerator) : frame._generator;
    const result = resume(generator, value, throwing);
    throwing = false;
    if (result === null) {
      const error = takeThrown();
      if (thread.current.deferred !== null) registerDeferred();
      frame ??= frameOf(task);
      const isYielded = frame._state === DRIVEN_BY_YIELD;
      const caller = pop(frame, undefined);
      if (isYielded && caller !== null) notePassing(caller, frame, error);
      if (caller === null) {
        const ended = task;
        ended._abort(error);
        const waiter = nextWaiter(ended);
        if (waiter === null) return;
        task = waiter;
        frame = waiter._top ?? frameOf(waiter);
        value = ended._failure();
        notePassing(frame, ended, value);
        throwing = true;
        continue;
      }
      task._top = frame = caller;
      value = error;
      throwing = true;
      continue;
    }
    value = result.value;
    if (thread.current.deferred !== null) {
      const called = value === thread.current.deferred && result.done !== true ? adoptDeferred(task) : null;
      if (called !== null) {
        task = called;
        frame = null;
        value = thread.current.deferredValue;
        continue;
      }
      registerDeferred();
    }
    if (result.done === true) {
      if ((frame === null || frame._flattens) && isPromiseLike(value)) {
        task._top = frame = new ReturnRelay(frame ?? frameOf(task), value);
        value = undefined;
        continue;
      }
      const caller = frame === null ? null : pop(frame, value);
      if (caller === null) {
        const ended = task;
        ended._finish(value);
        const waiter = nextWaiter(ended);
        if (waiter === null) return;
        task = waiter;
        frame = waiter._top;
        throwing = (ended._flags & STATE_MASK) !== FINISHED;
        if (throwing) value = ended._failure();
        continue;
      }
      task._top = frame = caller;
      awaiting = caller._flattens && isPromiseLike(value);
      continue;
    }
    if (frame === null && task._top !== null) frame = frameOf(task);
    // Compared only with its like: the engine calls a function to compare a symbol with it does not know what.
    if (typeof value === "symbol") {
      if (value === SUSPEND) return registerWaiting();
      if (value === CALL) {
        frame = task._top!;
        value = undefined;
        continue;
      }
    } else if (!isObject(value)) {
      const top = task._top;
      if (top === null || top._flattens) {
        if (passAtOnce(task)) {
          frame = top;
          continue;
        }
        if (top === null) frameOf(task);
        task._sendNext(value);
        return registerWaiting();
      }
      if (value === undefined) {
        task._giveWay();
        return registerWaiting();
      }
    } else if (value instanceof Future && (value._flags & STATE_MASK) === FINISHED) {
      // Done already, as the task of a compiled call that did not suspend: as awaitYielded, without the way there.
      if (value._owner === UNCLAIMED) value._owner = null;
      value = value._value;
      frame = task._top;
      awaiting = isObject(value) && (frame === null || frame._flattens) && isPromiseLike(value);
      if (awaiting) frame ??= frameOf(task);
      continue;
    }
    frame ??= frameOf(task);
    awaiting = true;
  }
}

/** The top frame, which somebody else has resumed, has yielded `value`. */
export function goOnAfterYield(task: Task<unknown>, value: unknown): void {
  if (value === SUSPEND) return;
  if (value === undefined) return task._giveWay();
  const ready = value === CALL ? CONTINUE : tryAwait(task, value);
  if (ready !== null) runLowered(task, ready.value, ready.isError);
}

fillLowered({ run: runLowered, registerWaiting, registerDeferred, unregistered: unregisteredTasks });
