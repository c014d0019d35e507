import type { Context } from "../context/context.js";
import { checkCallback } from "../errors/checks.js";
import type { EventLoop } from "../loop/eventLoop.js";
import type { CoroutineLike } from "./awaitable.js";
import { Task, type TaskOptions } from "./task.js";

/** Makes the Task of a coroutine; must return a Task of that loop that drives it. */
export type TaskFactory = <T>(loop: EventLoop, coro: CoroutineLike<T>, options: TaskOptions) => Task<T>;

/** What a custom constructor is told. */
export interface EagerTaskOptions {
  loop: EventLoop;
  eagerStart: boolean;
  name?: unknown;
  context?: Context;
}

/** A factory of eager tasks around your own constructor. */
export function createEagerTaskFactory(
  make: <T>(coro: CoroutineLike<T>, options: EagerTaskOptions) => Task<T>,
): TaskFactory {
  checkCallback(make, "createEagerTaskFactory");
  return (loop, coro, options) => make(coro, { ...options, loop, eagerStart: options.eagerStart ?? true });
}

/** For `setTaskFactory`: every task takes its first step at once, and is done at once if it never suspends. */
export const eagerTaskFactory: TaskFactory = createEagerTaskFactory((coro, options) => new Task(coro, options));
