import { CancelledError } from "../errors/cancelledError.js";

/** An AbortSignal that tells of the cancellations of a task; which ones, its depth says. */
export class CancelSignal {
  readonly signal: AbortSignal;
  /** @internal See `nextDepth` of cancelWatch.ts; Infinity for a task's own, which every request concerns. */
  readonly _depth: number;
  private readonly controller: AbortController;

  constructor(depth: number) {
    this.controller = new AbortController();
    this.signal = this.controller.signal;
    this._depth = depth;
  }

  /** Whoever reads the signal sees the reason as it would see a cancellation. A second call changes nothing. */
  abort(msg?: unknown): void {
    if (!this.signal.aborted) this.controller.abort(new CancelledError(msg));
  }
}
