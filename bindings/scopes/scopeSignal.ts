import { MUST_CANCEL } from "../futures/state.js";
import { CancelSignal } from "../tasks/cancelSignal.js";
import { unwatchCancel, watchCancel } from "../tasks/cancelWatch.js";
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
export class ScopeSignal extends CancelSignal {
  private readonly task: Task<unknown>;

  constructor(source: SignalSource) {
    super(source.depth);
    this.task = source.task;
    if (!source.hasEnded) watchCancel(this.task, this);
    const isOnItsWay = (this.task._flags & MUST_CANCEL) !== 0 || this.task.cancelling() > source.cancelling;
    if (source.isAborted || (!source.hasEnded && isOnItsWay)) this.abort();
  }

  /** The scope has ended: what happens to its task from here on is not its own. */
  end(): void {
    unwatchCancel(this.task, this);
  }
}
