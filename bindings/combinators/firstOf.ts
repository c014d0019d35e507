import { ENTRY_OBSERVER, ENTRY_SHIFT, KIND_OBSERVER } from "../../assembly/codes.js";
import { Future } from "../futures/future.js";
import { FAILED, FINISHED, STATE_MASK } from "../futures/state.js";
import { addWaiter, removeWaiter, type Observer } from "../futures/waiters.js";
import type { Handle } from "../loop/handle.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { keepShape } from "../loop/shapes.js";
import { ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, type ReturnWhen } from "./returnWhen.js";

/**
 * What a task in wait() waits for. It observes the futures; the one that decides makes it ready, and it settles in that
 * turn of the loop, in the place of the done callback that asyncio would have there.
 */
export class FirstOf extends Future<undefined> implements Observer {
  private readonly returnWhen: ReturnWhen;
  declare private unsettled: number;
  declare private slot: number;
  declare private isDecided: boolean;
  declare private isInRing: boolean;
  declare private isLeft: boolean;
  declare private alarm: Handle | null;

  constructor(loop: EventLoop, returnWhen: ReturnWhen) {
    super({ loop });
    this.returnWhen = returnWhen;
    this.unsettled = 0;
    this.slot = 0;
    this.isDecided = false;
    this.isInRing = false;
    this.isLeft = false;
    this.alarm = null;
  }

  start(futures: ReadonlySet<Future<unknown>>, timeout: number | null): void {
    const loop = this._loop;
    if (timeout !== null) this.alarm = loop.callLater(timeout, () => this.release());
    this.unsettled = futures.size;
    this.slot = loop._core.take(KIND_OBSERVER, this);
    for (const future of futures) {
      if (future.done()) this._observe(future);
      else addWaiter(future, (this.slot << ENTRY_SHIFT) | ENTRY_OBSERVER);
    }
    if (loop._asleep) loop._rouse();
  }

  /** The wait is over, however it ended: nothing of it stays behind. */
  leave(futures: ReadonlySet<Future<unknown>>): void {
    this.alarm?.cancel();
    for (const future of futures) {
      if (!future.done()) removeWaiter(future, (this.slot << ENTRY_SHIFT) | ENTRY_OBSERVER);
    }
    this.isLeft = true;
    if (!this.isInRing) this._loop._core.release(this.slot);
  }

  /** @internal */
  _observe(future: Future<unknown>): void {
    this.unsettled--;
    const hasFailed = (future._flags & STATE_MASK) === FAILED;
    const decides =
      this.unsettled === 0 ||
      this.returnWhen === FIRST_COMPLETED ||
      (this.returnWhen === FIRST_EXCEPTION && hasFailed);
    // asyncio looks at the exception there, so it counts as retrieved; where the count alone decides, nobody looks.
    if (hasFailed && this.unsettled > 0 && this.returnWhen === FIRST_EXCEPTION) future._markRetrieved();
    if (!decides || this.isDecided) return;
    this.isDecided = true;
    this.isInRing = true;
    this._loop._core.push((this.slot << ENTRY_SHIFT) | ENTRY_OBSERVER);
  }

  /** @internal */
  _run(): void {
    this.isInRing = false;
    this.alarm?.cancel();
    this.release();
    if (this.isLeft) this._loop._core.release(this.slot);
  }

  private release(): void {
    if (!this.done()) this._settle(FINISHED, undefined);
  }
}

keepShape((loop) => new FirstOf(loop, ALL_COMPLETED));
