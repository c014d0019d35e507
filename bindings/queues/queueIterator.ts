import { QueueShutDown } from "../errors/syncErrors.js";
import { StopAsyncIteration } from "../errors/errors.js";
import type { Steps } from "../tasks/awaitable.js";
import { Coroutine } from "../tasks/coroutine.js";
import type { Queue } from "./queue.js";

/** Gets item by item; ends where `get()` would raise QueueShutDown. */
export class QueueIterator<T> implements AsyncIterableIterator<T, undefined> {
  private readonly queue: Queue<T>;

  constructor(queue: Queue<T>) {
    this.queue = queue;
  }

  /** For `for await`. */
  next(): Coroutine<IteratorResult<T, undefined>> {
    return new Coroutine(this.step());
  }

  /** For `anext()`: StopAsyncIteration at the end. */
  anext(): Coroutine<T> {
    return new Coroutine(this.getOrStop());
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private *step(): Steps<IteratorResult<T, undefined>> {
    try {
      return { value: yield* this.queue.get(), done: false };
    } catch (error) {
      if (error instanceof QueueShutDown) return { value: undefined, done: true };
      throw error;
    }
  }

  private *getOrStop(): Steps<T> {
    try {
      return yield* this.queue.get();
    } catch (error) {
      if (error instanceof QueueShutDown) throw new StopAsyncIteration();
      throw error;
    }
  }
}
