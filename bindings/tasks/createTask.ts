import { copyBindings, copyContext } from "../context/context.js";
import { CancelledError } from "../errors/cancelledError.js";
import { describe } from "../errors/checks.js";
import { ValueError } from "../errors/errors.js";
import { DoneCallback } from "../futures/doneCallback.js";
import { Future, isFuture } from "../futures/future.js";
import { isPromiseLike, wrapFuture } from "../futures/interop.js";
import { EventLoop } from "../loop/eventLoop.js";
import { fillFactories } from "../loop/factories.js";
import { findLoop } from "../loop/running.js";
import { areShapesKept, keepShape, keepShapes } from "../loop/shapes.js";
import { cancelOnAbort, checkSignal } from "./abort.js";
import type { Awaitable, Body, Steps } from "./awaitable.js";
import { Coroutine, fillMakeTask, isGenerator } from "./coroutine.js";
import { targetCoroutine, taskTarget } from "./target.js";
import { adoptCall } from "./adoptCall.js";
import { Task, type TaskOptions } from "./task.js";

function makeTask<T>(
  loop: EventLoop,
  target: Body<T, [task: Task<unknown>]> | Awaitable<T>,
  options?: TaskOptions,
): Task<T> {
  if (!areShapesKept()) keepShapes(new EventLoop());
  if (options === undefined && target instanceof Coroutine && loop._taskFactory === null) {
    return new Task<T>(target, undefined, loop);
  }
  const adopted = adoptCall(target, options);
  if (adopted !== null) return adopted as Task<T>;
  const factory = loop.getTaskFactory();
  if (factory === null) return new Task<T>(taskTarget(target), options, loop);
  loop._checkClosed();
  const { signal, ...forFactory } = options ?? {};
  checkSignal(signal, "createTask");
  const task = factory(loop, targetCoroutine(target), forFactory);
  if (signal !== undefined) cancelOnAbort(task as Future<unknown>, signal);
  return task;
}

/**
 * Starts a coroutine, or what a function makes, as a Task of the current loop. A function is called in the task's first
 * step; a task cancelled before that never calls it.
 */
export function createTask<T>(target: Body<T, [task: Task<unknown>]> | Awaitable<T>, options?: TaskOptions): Task<T> {
  return findLoop().createTask(target, options);
}

/** @internal `awaitable` as a Future of `loop`; a coroutine becomes a Task. */
export function ensureFutureOn<T>(loop: EventLoop | undefined, awaitable: Awaitable<T>): Future<T> {
  if (awaitable instanceof Coroutine) return (loop ?? findLoop()).createTask<T>(awaitable as Coroutine<T>);
  if (isFuture(awaitable)) {
    if (loop === undefined || awaitable.getLoop() === loop) return awaitable as Future<T>;
    throw new ValueError("the future belongs to a different loop than the one specified");
  }
  if (isGenerator(awaitable)) return (loop ?? findLoop()).createTask<T>(awaitable as Steps<T>);
  if (isPromiseLike(awaitable)) return wrapFuture(awaitable, loop === undefined ? {} : { loop });
  throw new TypeError(
    `a coroutine, Future, Task or promise is required, got ${describe(awaitable)}` +
      (typeof awaitable === "function" ? "; call the function" : ""),
  );
}

function* nothing(): Steps<void> {}

keepShape(() => copyContext());
keepShape(() => new CancelledError());
keepShape((loop) => new Future({ loop }));
keepShape((loop) => new DoneCallback(new Future<never>({ loop }), () => {}, copyBindings()));
keepShape((loop) => new Task(nothing(), { loop }));
fillMakeTask((loop, made) => loop.createTask(made));
fillFactories({
  makeFuture: (loop) => new Future(loop._asOption),
  makeTask,
  ensureFuture: ensureFutureOn,
});
