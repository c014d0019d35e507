import { thread } from "../context/current.js";
import { checkCallback } from "../errors/checks.js";
import type { Future } from "../futures/future.js";
import { promiseOf } from "../futures/promiseOf.js";
import { isWorkerd } from "../hosts/detect.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { findLoop, isLoopOnStack } from "../loop/running.js";
import { run } from "../run/run.js";
import type { Body, Steps } from "../tasks/awaitable.js";
import { Coroutine, isCoroutineFunction, isGeneratorFunction } from "../tasks/coroutine.js";
import type { Task } from "../tasks/task.js";
import { lateWatch, watch, type Pending } from "./lateWatch.js";
import { RequestScope } from "./requestScope.js";

/** What is needed of a request: the platform's `Request` is one. */
export interface RequestLike {
  readonly signal?: AbortSignal | null;
}

export interface FetchHandlerOptions {
  /** Makes a loop for each request. Without it requests share one, except in workerd, which allows no sharing. */
  loopFactory?: () => EventLoop;
}

/** What answers a request: a function of any kind. */
export type FetchBody<Req, Res> = Body<Res, [request: Req, scope: RequestScope]>;

/**
 * A `fetch` handler, as server adapters and workers take one, of a coroutine: each request runs as a task, which is
 * cancelled when the request's signal aborts because the client has gone. The promise has the task's outcome: what the
 * body throws rejects it, a cancellation with CancelledError. What the body gives is flattened, as by `await`.
 *
 * Requests share the loop that a call without a loop takes. In workerd, and where `loopFactory` is given, each has one of
 * its own, as `run()` makes it: tasks that the request leaves behind are cancelled, and the loop is closed, before the
 * promise settles.
 */
export function toFetchHandler<Req extends RequestLike = Request, Res = Response>(
  body: FetchBody<Req, Res>,
  options: FetchHandlerOptions = {},
): (request: Req) => Promise<Awaited<Res>> {
  checkCallback(body, "toFetchHandler");
  const { loopFactory } = options;
  if (loopFactory !== undefined) checkCallback(loopFactory, "toFetchHandler's loopFactory");
  const target = targetOf(body);
  if (loopFactory !== undefined || isWorkerd()) return (request) => answerOnOwnLoop(target, request, loopFactory);
  return answerOnSharedLoop(target);
}

type Target<Req, Res> = (request: Req) => Steps<Res> | Body<Res, [task: Task<unknown>]>;

/**
 * What a task is made of. A function that may be an async one is called by the task itself, which keeps its loop in
 * AsyncLocalStorage for what comes after an `await`; generators need none, and the process goes without its cost.
 */
function targetOf<Req, Res>(body: FetchBody<Req, Res>): Target<Req, Res> {
  if (isGeneratorFunction(body)) return (request) => answerByGenerator(body as GeneratorBody<Req, Res>, request);
  if (isCoroutineFunction(body)) return (request) => answerByCoroutine(body as CoroutineBody<Req, Res>, request);
  return (request) => (task) => body(request, new RequestScope(task));
}

type GeneratorBody<Req, Res> = (request: Req, scope: RequestScope) => Steps<Res>;
type CoroutineBody<Req, Res> = (request: Req, scope: RequestScope) => Coroutine<Res>;

/** A frame of the task's stack for the body, which so is resumed by itself. */
function* answerByGenerator<Req, Res>(body: GeneratorBody<Req, Res>, request: Req): Steps<Res> {
  return yield* new Coroutine<Res>(body(request, new RequestScope(thread.current.task as Task<unknown>)));
}

function* answerByCoroutine<Req, Res>(body: CoroutineBody<Req, Res>, request: Req): Steps<Res> {
  return yield* body(request, new RequestScope(thread.current.task as Task<unknown>));
}

/** Requests on the loop that a call without a loop takes. */
function answerOnSharedLoop<Req extends RequestLike, Res>(
  target: Target<Req, Res>,
): (request: Req) => Promise<Awaited<Res>> {
  let known: EventLoop | null = null;
  let watchLate: (pending: Pending) => void;
  return (request) => {
    const loop = findLoop();
    const task = loop.createTask<Res>(target(request));
    if (hasSignal(request)) {
      watch(task as Future<unknown>, request);
      return promiseOf(task) as Promise<Awaited<Res>>;
    }
    const pending: Pending = { task: task as Future<unknown>, request };
    if (known !== loop) {
      known = loop;
      watchLate = lateWatch(loop);
    }
    watchLate!(pending);
    return outcomeOf(task, pending) as Promise<Awaited<Res>>;
  };
}

/** promiseOf, and the request is answered when it settles. */
function outcomeOf<T>(task: Future<T>, pending: Pending): Promise<T> {
  return new Promise((resolve, reject) => {
    task.addDoneCallback(() => {
      pending.task = pending.request = null;
      try {
        resolve(task.result());
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** The platform's own requests have their signal from the start; those that adapters derive from them may not. */
function hasSignal(request: RequestLike): boolean {
  return typeof Request !== "function" || Object.getPrototypeOf(request) === Request.prototype;
}

async function answerOnOwnLoop<Req extends RequestLike, Res>(
  target: Target<Req, Res>,
  request: Req,
  loopFactory: (() => EventLoop) | undefined,
): Promise<Awaited<Res>> {
  // Called in another loop's step, as a test may do it: the request's loop begins when that one is off the stack.
  if (isLoopOnStack()) await Promise.resolve();
  return run<Res>(target(request), {
    ...(loopFactory !== undefined && { loopFactory }),
    ...(request?.signal && { signal: request.signal }),
  });
}
