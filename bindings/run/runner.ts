import { copyContext, type Context } from "../context/context.js";
import { describe } from "../errors/checks.js";
import { isCancelled } from "../errors/cancelledError.js";
import { RuntimeError } from "../errors/errors.js";
import { isFuture } from "../futures/future.js";
import { asyncDispose } from "../hosts/disposeSymbols.js";
import type { Store } from "../hosts/asyncLocalStorage.js";
import { EventLoop } from "../loop/eventLoop.js";
import { newEventLoop } from "../loop/policy.js";
import { isLoopOnStack } from "../loop/running.js";
import type { Awaitable, Body } from "../tasks/awaitable.js";
import { coroutine } from "../tasks/coroutine.js";
import { checkTarget } from "../tasks/target.js";
import type { Task, TaskOptions } from "../tasks/task.js";
import { listenForInterrupt } from "./sigint.js";
import { shutdownSteps, takeSteps } from "./shutdown.js";
import { superviseDeadlock } from "./deadlock.js";
import "./loopShutdown.js";

export interface RunnerOptions {
  /** Switches the loop's debug mode; left out, it stays as the factory made it. */
  debug?: boolean;
  /** See EventLoop's option: the loop is told when it is made. */
  propagate?: readonly Store<unknown>[];
  /** See EventLoop's option. */
  deadlock?: boolean;
  /** Makes the loop; by default the policy. */
  loopFactory?: () => EventLoop;
}

export type RunOptions = TaskOptions;

/** What can be run: a function that is called in the main task's first step, or something awaitable. */
export type Main<T> = Body<T, [task: Task<unknown>]> | Awaitable<T>;

const awaitFuture = coroutine(function* <T>(future: PromiseLike<T>): Generator<unknown, T, unknown> {
  return (yield future) as T;
});

/** Several runs on one loop: it is made at the first use and shut down by close(). */
export class Runner {
  private readonly loopFactory: () => EventLoop;
  private readonly options: RunnerOptions;
  private loop: EventLoop | null;
  private context: Context | null;
  private closed: boolean;

  constructor(options: RunnerOptions = {}) {
    const factory = options.loopFactory ?? newEventLoop;
    if (typeof factory !== "function") throw new TypeError(`loopFactory expects a function, got ${describe(factory)}`);
    this.loopFactory = factory;
    this.options = options;
    this.loop = null;
    this.context = null;
    this.closed = false;
  }

  /** The loop; it is made here if it was not yet. */
  getLoop(): EventLoop {
    if (this.closed) throw new RuntimeError("Runner is closed");
    if (this.loop === null) {
      this.loop = checkLoop(this.loopFactory());
      this.configure(this.loop);
      this.context = copyContext();
    }
    return this.loop;
  }

  private configure(loop: EventLoop): void {
    const { debug, propagate, deadlock } = this.options;
    if (debug !== undefined) loop.setDebug(debug);
    if (propagate !== undefined) loop._propagate = [...propagate];
    if (deadlock !== undefined) loop._detectsDeadlock = deadlock;
  }

  /**
   * Runs `main` as a task of the runner's loop and context; a promise of its outcome. Nothing of it is called before
   * this returns. RuntimeError, thrown at the call, while a loop is on the stack.
   */
  run<T>(main: Main<T>, options: RunOptions = {}): Promise<Awaited<T>> {
    refuseOnStack("Runner.run()");
    const loop = this.getLoop();
    checkTarget(main);
    const task = loop.createTask<T>(isFuture(main) ? awaitFuture(main as PromiseLike<T>) : main, {
      ...options,
      context: options.context ?? this.context!,
    });
    return settled(loop, task);
  }

  /** Cancels what is left, closes the loop; a second call does nothing. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    const loop = this.loop;
    this.loop = null;
    if (loop !== null) await takeSteps(loop, shutdownSteps(loop));
  }

  async [asyncDispose](): Promise<void> {
    await this.close();
  }
}

function checkLoop(made: unknown): EventLoop {
  if (made instanceof EventLoop) return made;
  throw new TypeError(`an EventLoop was expected from loopFactory or the policy, got ${describe(made)}`);
}

async function settled<T>(loop: EventLoop, task: Task<T>): Promise<Awaited<T>> {
  superviseDeadlock(loop, task);
  const interruption = listenForInterrupt(task);
  try {
    return await loop.runUntilComplete(task);
  } catch (error) {
    throw (isCancelled(error) ? interruption?.errorFor(error) : null) ?? error;
  } finally {
    interruption?.stop();
  }
}

/** @internal */
export function refuseOnStack(what: string): void {
  if (!isLoopOnStack()) return;
  throw new RuntimeError(`${what} cannot be called from a running event loop: await what it should run instead`);
}
