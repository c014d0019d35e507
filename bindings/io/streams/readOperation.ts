import { RuntimeError } from "../../errors/errors.js";
import { raise } from "../../errors/raise.js";
import { Future } from "../../futures/future.js";
import { FINISHED, STATE_MASK } from "../../futures/state.js";
import { currentWaiter } from "../../futures/waiter.js";
import { SUSPENDED } from "../../loop/suspension.js";
import { DRIVEN } from "../../tasks/coroutine.js";
import { Operation } from "../../tasks/operation.js";
import type { Task } from "../../tasks/task.js";
import type { StreamReader } from "./reader.js";

/** A read that may have to wait for data. Each has a `next` of its own, so that the engine sees one class in it. */
export abstract class ReadOperation<T> extends Operation<T> {
  declare protected readonly reader: StreamReader;
  declare private waiter: Future<void> | null;

  constructor(reader: StreamReader) {
    super();
    this.reader = reader;
    this.waiter = null;
  }

  /** In the first `next`: throws what the stream failed with, if it did. */
  protected checkStream(): void {
    if (this.reader._exception !== null) this.fail(this.reader._exception);
  }

  /** Waits until data, the end or an error has come; to be returned from `next`. */
  protected wait(method: string): IteratorResult<never, never> {
    const { reader } = this;
    let task: Task<unknown>;
    let waiter: Future<void>;
    try {
      if (reader._waiter !== null) {
        throw new RuntimeError(
          `${method}() called while another coroutine is already waiting for incoming data: a stream has one reader ` +
            `at a time`,
        );
      }
      task = currentWaiter() as Task<unknown>;
      reader._resumeForWait();
      waiter = new Future<void>(reader._loop._asOption);
    } catch (error) {
      this.fail(error);
    }
    this.waiter = reader._waiter = waiter;
    task._waitFor(waiter);
    return SUSPENDED;
  }

  /** In a later `next`: throws what the wait ended with, if it was not data or the end. */
  protected resume(): void {
    const waiter = this.waiter!;
    this.reader._waiter = null;
    if ((waiter._flags & STATE_MASK) === FINISHED) return;
    this.close();
    raise(waiter._failure());
  }

  protected fail(error: unknown): never {
    this.close();
    throw error;
  }

  override throw(error: unknown): never {
    this.forgetWaiter();
    this.close();
    throw error;
  }

  override return(value: unknown): IteratorResult<unknown, unknown> {
    this.forgetWaiter();
    this.close();
    return { value, done: true };
  }

  private forgetWaiter(): void {
    if (this._state === DRIVEN && this.waiter !== null) this.reader._waiter = null;
  }
}
