// Exceptions that nobody looked at: reported once, when their future is collected, at the latest when the loop closes.
//
// Watching an object for collection costs as much as several task switches, and most failures are looked at within the
// same turn. So a failed future is first kept in a set, strongly; those still there when the slice ends are handed over
// to a FinalizationRegistry.
import { releaseFrames } from "../hosts/errorFrames.js";
import { sourceOf } from "./debug.js";
import type { EventLoop } from "./eventLoop.js";
import type { ExceptionContext } from "./exceptionHandler.js";
import { tell, unwatch, watch, type Ticket } from "./watched.js";

/** A failed Future, as seen from here. */
export interface Failed {
  /** @internal Tells the exception handler, once. */
  _reportUnretrieved(): void;
  /** @internal */
  _unretrievedMessage(): string;
  /** @internal */
  readonly _value: unknown;
}

export class Unretrieved {
  private readonly loop: EventLoop;
  private readonly recent: Set<Failed>;
  private readonly watched: Set<Ticket>;

  constructor(loop: EventLoop) {
    this.loop = loop;
    this.recent = new Set();
    this.watched = new Set();
  }

  note(future: Failed): void {
    this.recent.add(future);
  }

  forget(future: Failed): void {
    if (!this.recent.delete(future)) unwatch(future);
  }

  /** The slice ends: from now on those still unlooked at may be collected. */
  watchRecent(): void {
    if (this.recent.size === 0) return;
    for (const future of this.recent) {
      // Its frames would hold the failed task, which is to be collected.
      releaseFrames(future._value);
      const context: ExceptionContext = { message: future._unretrievedMessage(), exception: future._value };
      const source = sourceOf(future);
      if (source !== undefined) context.sourceTraceback = source;
      watch(future, this.loop, context, this.watched);
    }
    this.recent.clear();
  }

  /** The loop closes. */
  reportAll(): void {
    this.watchRecent();
    for (const ticket of this.watched) {
      const future = ticket.made.deref() as Failed | undefined;
      if (future === undefined) tell(ticket);
      else {
        unwatch(future);
        future._reportUnretrieved();
      }
    }
  }

  count(): number {
    return this.recent.size + this.watched.size;
  }
}
