// Tasks of eager compiled calls. The body runs at once, on the stack of whoever calls: a call that ends without having
// suspended never meets the loop. The generator is driven bare; it gets a frame only when somebody needs one.
import { copyBindings } from "../context/context.js";
import { thread } from "../context/current.js";
import { isObject, isPromiseLike } from "../futures/interop.js";
import { FINISHED, STATE_MASK } from "../futures/state.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { keepShape } from "../loop/shapes.js";
import { findLoop, running } from "../loop/running.js";
import { AsyncCoroutine, ReturnRelay } from "./asyncCoroutine.js";
import { frameOf } from "./callFrame.js";
import { resumeGenerator, type AnyGenerator, type Coroutine } from "./coroutine.js";
import { defer, mayDefer, registerDeferred } from "./inlinePass.js";
import { goOnAfterYield, runLowered } from "./loweredStep.js";
import { Task } from "./task.js";
import { newNumber } from "./taskName.js";
import { debuggedCalls, UNCLAIMED } from "./unclaimed.js";

type Fields = { -readonly [K in keyof Task<unknown>]: Task<unknown>[K] };

/**
 * Makes a Task like the class itself does, field by field in its order. A constructor of its own, since the engine
 * inlines one that is small and has no super call into the call of an async function (measured: 15 ns of 95).
 */
const CallTask = function (this: Fields, generator: AnyGenerator, loop: EventLoop): void {
  this._loop = loop;
  this._flags = 0;
  this._slot = 0;
  this._value = undefined;
  this._owner = UNCLAIMED;
  this._top = null;
  this._waiting = null;
  this._context = copyBindings();
  this._target = generator;
  this._name = newNumber();
} as unknown as new (generator: AnyGenerator, loop: EventLoop) => Task<unknown>;
CallTask.prototype = Task.prototype;
keepShape((loop) => new CallTask((function* () {})(), loop));

/** The task of a call whose body is `generator`, which has made its first step. */
export function startCall(generator: AnyGenerator): Task<unknown> {
  const { loop } = running;
  if (loop === null || loop._debug || loop._propagate !== null) return startCarefully(generator);
  if (thread.current.deferred !== null) registerDeferred();
  const task = new CallTask(generator, loop);
  const { task: outer, entered } = thread.current;
  thread.current.task = task;
  thread.current.entered = null;
  thread.current.starting.push(task);
  let result: IteratorResult<unknown, unknown>;
  try {
    result = resumeGenerator.call(generator);
    // Calls below that did not suspend: their results go straight in, and there is no frame yet.
    while (result.done !== true && task._top === null && isReady(result.value)) {
      const { value } = result;
      value._owner = null;
      result = resumeGenerator.call(generator, value._value);
    }
  } catch (error) {
    task._abort(error);
    thread.current.starting.pop();
    thread.current.task = outer;
    thread.current.entered = entered;
    return task;
  }
  const { value } = result;
  if (result.done !== true) {
    if (task._top === null && !isObject(value) && typeof value !== "symbol") {
      thread.current.starting.pop();
      thread.current.task = outer;
      thread.current.entered = entered;
      if (mayDefer(task, outer as Task<unknown> | null)) {
        defer(task, value);
      } else {
        frameOf(task);
        task._sendNext(value);
      }
      if (loop._asleep) loop._rouse();
      return task;
    }
    frameOf(task);
    goOnAfterYield(task, value);
    if (loop._asleep) loop._rouse();
  } else if (isObject(value) && isPromiseLike(value)) {
    task._top = new ReturnRelay(frameOf(task), value);
    runLowered(task, undefined, false);
    if (loop._asleep) loop._rouse();
  } else if (task._flags === 0 && task._slot === 0) {
    task._flags = FINISHED;
    task._value = value;
  } else {
    task._finish(value);
  }
  thread.current.starting.pop();
  thread.current.task = outer;
  thread.current.entered = entered;
  return task;
}

/** Whether it is the task of a call that has returned something that is not awaitable in turn. */
function isReady(value: unknown): value is Task<unknown> {
  return value instanceof Task && (value._flags & STATE_MASK) === FINISHED && !isObject(value._value);
}

/** Outside of a loop's step, in debug mode, with stores to propagate: as any eager task. */
function startCarefully(generator: AnyGenerator): Task<unknown> {
  return newCallTask(new AsyncCoroutine<unknown>(generator));
}

/** An eager task of a coroutine that stands for a call. */
export function newCallTask<T>(coroutine: Coroutine<T>): Task<T> {
  const loop = findLoop();
  const task = new Task<T>(coroutine, { eagerStart: true }, loop);
  task._owner = UNCLAIMED;
  if (loop._debug) debuggedCalls.add(task);
  return task;
}
