import { CancelledError } from "../errors/cancelledError.js";
import { MUST_CANCEL } from "../futures/state.js";
import { unwatchCancel, watchCancel, type CancelWatcher } from "../tasks/cancelWatch.js";
import type { Task } from "../tasks/task.js";

/** What a scope knows of itself when its signal is first read. */
export interface SignalSource {
  readonly task: Task<unknown>;
  readonly depth: number;
  /** How often the task had been asked to cancel when the scope was entered. */
  readonly cancelling: number;
  readonly hasEnded: boolean;
  /** The scope's own reason to end its body has come already. */
  readonly isAborted: boolean;
}

/**
 * A scope's AbortSignal, made when first read: most scopes are never asked, and an AbortController costs as much as
 * dozens of task switches. Until the scope ends it follows the cancellations of its task.
 */
export class ScopeSignal implements CancelWatcher {
  readonly signal: AbortSignal;
  /** @internal */
  readonly _depth: number;
  private readonly controller: AbortController;
  private readonly task: Task<unknown>;

  constructor(source: SignalSource) {
    this.controller = new AbortController();
    this.signal = this.controller.signal;
    this._depth = source.depth;
    this.task = source.task;
    if (!source.hasEnded) watchCancel(this.task, this);
    const isOnItsWay = (this.task._flags & MUST_CANCEL) !== 0 || this.task.cancelling() > source.cancelling;
    if (source.isAborted || (!source.hasEnded && isOnItsWay)) this.abort();
  }

  /** The body sees the reason as it would see a cancellation. A second call changes nothing. */
  abort(msg?: unknown): void {
    if (!this.signal.aborted) this.controller.abort(new CancelledError(msg));
  }

  /** @internal */
  _cancelRequested(msg: unknown): void {
    this.abort(msg);
  }

  /** The scope has ended: what happens to its task from here on is not its own. */
  end(): void {
    unwatchCancel(this.task, this);
  }
}
