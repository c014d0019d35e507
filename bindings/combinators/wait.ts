import { checkTimeout, describe } from "../errors/checks.js";
import { ValueError } from "../errors/errors.js";
import { isFuture, type Future } from "../futures/future.js";
import { FINISHED, STATE_MASK } from "../futures/state.js";
import { currentWaiter } from "../futures/waiter.js";
import { DONE, SUSPENDED } from "../loop/suspension.js";
import { isCoroutineLike } from "../tasks/target.js";
import type { Coroutine } from "../tasks/coroutine.js";
import { Operation } from "../tasks/operation.js";
import type { Task } from "../tasks/task.js";
import { checkAwaitables } from "./arguments.js";
import { FirstOf } from "./firstOf.js";
import { ALL_COMPLETED, isReturnWhen, type ReturnWhen } from "./returnWhen.js";

export interface WaitOptions {
  /** Milliseconds after which wait() returns in any case; no error. */
  timeout?: number | null;
  /** Default `ALL_COMPLETED`. */
  returnWhen?: ReturnWhen;
}

/** Both in the order of the arguments. */
export interface Waited<F> {
  done: Set<F>;
  pending: Set<F>;
}

class Wait<F extends Future<unknown>> extends Operation<Waited<F>> {
  private readonly futures: ReadonlySet<F>;
  private readonly timeout: number | null;
  private readonly returnWhen: ReturnWhen;
  declare private first: FirstOf | null;

  constructor(futures: ReadonlySet<F>, timeout: number | null, returnWhen: ReturnWhen) {
    super();
    this.futures = futures;
    this.timeout = timeout;
    this.returnWhen = returnWhen;
    this.first = null;
  }

  override next(): IteratorResult<unknown, unknown> {
    if (this.isFirst()) {
      const task = currentWaiter() as Task<unknown>;
      for (const future of this.futures) checkLoop(future, task);
      this.first = new FirstOf(task._loop, this.returnWhen);
      this.first.start(this.futures, this.timeout);
      task._waitFor(this.first);
      return SUSPENDED;
    }
    const first = this.first!;
    this.close();
    if ((first._flags & STATE_MASK) !== FINISHED) first.result();
    DONE.value = this.sorted();
    return DONE;
  }

  protected override close(): void {
    super.close();
    this.first?.leave(this.futures);
    this.first = null;
  }

  private sorted(): Waited<F> {
    const waited: Waited<F> = { done: new Set(), pending: new Set() };
    for (const future of this.futures) (future.done() ? waited.done : waited.pending).add(future);
    return waited;
  }
}

/** A future of another loop would never be heard of here. */
function checkLoop(future: Future<unknown>, task: Task<unknown>): void {
  if (future._loop === task._loop) return;
  throw new ValueError(`${future.toString()} belongs to a different loop than ${task.toString()}, which waits for it`);
}

function checkFuture(value: unknown): Future<unknown> {
  if (isFuture(value)) return value;
  const hint = isCoroutineLike(value) ? "make tasks of coroutines with createTask" : "ensureFuture makes a Future";
  throw new TypeError(`wait expects Futures and Tasks, got ${describe(value)}: ${hint}`);
}

/**
 * Waits for Futures or Tasks until `returnWhen` says so or `timeout` milliseconds have passed. Gives those that are done
 * and those that are not; it neither cancels anything nor throws what they failed with. A repeated one counts once.
 */
export function wait<F extends Future<unknown>>(
  futures: Iterable<F> & { then?: never },
  options: WaitOptions = {},
): Coroutine<Waited<F>> {
  const set = new Set(checkAwaitables(futures, "wait") as readonly F[]);
  const { timeout = null, returnWhen = ALL_COMPLETED } = options;
  if (set.size === 0) throw new ValueError("wait expects one Future at least, got none");
  if (!isReturnWhen(returnWhen)) {
    throw new ValueError(
      `wait expects returnWhen to be FIRST_COMPLETED, FIRST_EXCEPTION or ALL_COMPLETED, got ${describe(returnWhen)}`,
    );
  }
  for (const future of set) checkFuture(future);
  checkTimeout(timeout, "wait");
  return new Wait(set, timeout, returnWhen);
}
