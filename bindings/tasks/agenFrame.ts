import { thread } from "../context/current.js";
import { notInTask } from "../futures/waiter.js";
import { DONE } from "../loop/suspension.js";
import type { AgenBody } from "./asyncGenerator.js";
import { Coroutine, DRIVEN, resumeGenerator, returnFromGenerator, throwIntoGenerator } from "./coroutine.js";
import type { Task } from "./task.js";

/** In `value`: the generator on top has emitted and stays suspended; its frame is to be popped. */
export const EMIT: unique symbol = Symbol("wasyncio.emit");

export const EMITTED: IteratorResult<unknown, unknown> = { value: EMIT, done: false };

/** How a suspended generator goes on. */
export type Resumption = "next" | "throw" | "return";

/** One step of an async generator, as a frame of the iterating task. */
export class AgenFrame extends Coroutine<undefined> {
  readonly body: AgenBody;
  private readonly how: Resumption;
  private readonly argument: unknown;

  constructor(body: AgenBody, how: Resumption, argument: unknown) {
    super(body.generator);
    this.body = body;
    this.how = how;
    this.argument = argument;
  }

  protected override start(): IteratorResult<unknown, unknown> {
    const task = thread.current.task as Task<unknown> | null;
    if (task === null) throw notInTask();
    const caller = task._top;
    this._state = DRIVEN;
    this._link = caller;
    task._top = this;
    let result: IteratorResult<unknown, unknown>;
    try {
      result = this.resume();
    } catch (error) {
      this.unlink(task, caller);
      throw error;
    }
    if (result.done !== true && result.value !== EMIT) return result;
    this.unlink(task, caller);
    DONE.value = undefined;
    return DONE;
  }

  private resume(): IteratorResult<unknown, unknown> {
    const { generator } = this.body;
    this.body.isStarted = true;
    if (this.how === "next") return resumeGenerator.call(generator, this.argument);
    return this.how === "throw"
      ? throwIntoGenerator.call(generator, this.argument)
      : returnFromGenerator.call(generator, undefined);
  }
}
