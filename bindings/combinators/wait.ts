import { ENTRY_OBSERVER, ENTRY_SHIFT, KIND_OBSERVER } from "../../assembly/codes.js";
import { checkTimeout, describe } from "../errors/checks.js";
import { RuntimeError, ValueError } from "../errors/errors.js";
import { raise } from "../errors/raise.js";
import { Future, isFuture, type Owner } from "../futures/future.js";
import { CANCELLED, FAILED, FINISHED, STATE_MASK } from "../futures/state.js";
import { currentWaiter } from "../futures/waiter.js";
import { addWaiter, removeWaiter, type Observer } from "../futures/waiters.js";
import type { EventLoop } from "../loop/eventLoop.js";
import type { Handle } from "../loop/handle.js";
import { keepShape } from "../loop/shapes.js";
import { DONE, SUSPENDED } from "../loop/suspension.js";
import { isCoroutineLike } from "../tasks/target.js";
import type { Coroutine } from "../tasks/coroutine.js";
import { Operation } from "../tasks/operation.js";
import type { Task } from "../tasks/task.js";
import { checkAwaitables } from "./arguments.js";
import { ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, isReturnWhen, type ReturnWhen } from "./returnWhen.js";

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

/**
 * It observes the futures: the one that decides makes it ready, and it ends its wait in that turn of the loop, in the
 * place of the done callback that asyncio would have there.
 */
class Wait<F extends Future<unknown>> extends Operation<Waited<F>> implements Observer, Owner {
  declare private readonly futures: ReadonlySet<F>;
  declare private readonly timeout: number | null;
  declare private readonly returnWhen: ReturnWhen;
  declare private loop: EventLoop | null;
  /** What the task waits for, until the wait is over. */
  declare private decision: Future<undefined> | null;
  declare private unsettled: number;
  /** The slot that observes, until the wait is over and its turn, if it has one in the ring, has passed. */
  declare private slot: number;
  declare private isDecided: boolean;
  declare private isInRing: boolean;
  declare private alarm: Handle | null;

  constructor(futures: ReadonlySet<F>, timeout: number | null, returnWhen: ReturnWhen) {
    super();
    this.futures = futures;
    this.timeout = timeout;
    this.returnWhen = returnWhen;
    this.loop = null;
    this.decision = null;
    this.unsettled = futures.size;
    this.slot = 0;
    this.isDecided = false;
    this.isInRing = false;
    this.alarm = null;
  }

  override next(): IteratorResult<unknown, unknown> {
    if (this.isFirst()) {
      const task = currentWaiter() as Task<unknown>;
      task._waitFor(this.begin(task) as Future<unknown>);
      return SUSPENDED;
    }
    const decision = this.decision!;
    this.close();
    if ((decision._flags & STATE_MASK) !== FINISHED) raise(decision._failure());
    DONE.value = this.sorted();
    return DONE;
  }

  private begin(task: Task<unknown>): Future<undefined> {
    for (const future of this.futures) checkLoop(future, task);
    const loop = task._loop;
    this.loop = loop;
    const decision = new Future<undefined>(loop._asOption);
    decision._owner = this;
    this.decision = decision;
    if (this.timeout !== null) this.alarm = loop.callLater(this.timeout, () => this.release());
    this.slot = loop._core.take(KIND_OBSERVER, this);
    for (const future of this.futures) {
      if (future.done()) this._observe(future);
      else addWaiter(future, this.entry());
    }
    if (loop._asleep) loop._rouse();
    return decision;
  }

  /** However the wait ended, nothing of it stays behind. */
  protected override close(): void {
    super.close();
    if (this.decision === null) return;
    this.decision = null;
    this.alarm?.cancel();
    for (const future of this.futures) if (!future.done()) removeWaiter(future, this.entry());
    if (!this.isInRing) this.loop!._core.release(this.slot);
  }

  /** @internal */
  get outer(): Future<unknown> | null {
    return this.decision as Future<unknown> | null;
  }

  /** @internal */
  _observe(future: Future<unknown>): void {
    this.unsettled--;
    const hasFailed = (future._flags & STATE_MASK) === FAILED;
    const { returnWhen } = this;
    // asyncio looks at the exception there, so it counts as retrieved; where the count alone decides, nobody looks.
    if (hasFailed && this.unsettled > 0 && returnWhen === FIRST_EXCEPTION) future._markRetrieved();
    const decides =
      this.unsettled === 0 || returnWhen === FIRST_COMPLETED || (hasFailed && returnWhen === FIRST_EXCEPTION);
    if (!decides || this.isDecided) return;
    this.isDecided = true;
    this.isInRing = true;
    this.loop!._core.push(this.entry());
  }

  /** @internal */
  _run(): void {
    this.isInRing = false;
    this.alarm?.cancel();
    if (this.decision !== null) this.release();
    else this.loop!._core.release(this.slot);
  }

  /** @internal */
  _cancel(decision: Future<unknown>, msg: unknown): boolean {
    decision._settle(CANCELLED, msg);
    return true;
  }

  /** @internal */
  get _kind(): string {
    return `wait(${this.futures.size} futures)`;
  }

  private release(): void {
    if (!this.decision!.done()) this.decision!._settle(FINISHED, undefined);
  }

  private entry(): number {
    return (this.slot << ENTRY_SHIFT) | ENTRY_OBSERVER;
  }

  private sorted(): Waited<F> {
    const waited: Waited<F> = { done: new Set(), pending: new Set() };
    for (const future of this.futures) (future.done() ? waited.done : waited.pending).add(future);
    return waited;
  }
}

keepShape(() => new Wait(new Set<Future<unknown>>(), null, ALL_COMPLETED));

/** A future of another loop would never be heard of here. */
function checkLoop(future: Future<unknown>, task: Task<unknown>): void {
  if (future._loop === task._loop) return;
  throw new RuntimeError(
    `${future.toString()} is attached to a different loop than ${task.toString()}, which would wait for it for ever`,
  );
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
