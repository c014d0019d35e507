// Exceptions that nobody looked at: reported once, when their future is collected, at the latest when the loop closes.
//
// Watching an object for collection costs as much as several task switches, and most failures are looked at within the
// same turn. So a failed future is first kept in a set, strongly; those still there when the slice ends are handed over
// to a FinalizationRegistry.
import { releaseFrames } from "../hosts/errorFrames.js";
import { sourceOf } from "./debug.js";
import type { EventLoop } from "./eventLoop.js";

/** A failed Future, as seen from here. */
export interface Failed {
  /** @internal Tells the exception handler, once. */
  _reportUnretrieved(): void;
  /** @internal */
  _unretrievedMessage(): string;
  /** @internal */
  readonly _value: unknown;
}

/** Enough to report a future that is gone; keeps its error alive, not the future. */
interface Trace {
  readonly owner: Unretrieved;
  readonly future: WeakRef<Failed>;
  readonly message: string;
  readonly exception: unknown;
  readonly source: string | undefined;
}

const registry = new FinalizationRegistry<Trace>((trace) => trace.owner.collected(trace));

export class Unretrieved {
  private readonly loop: EventLoop;
  private readonly recent: Set<Failed>;
  private readonly watched: Set<Trace>;
  private readonly traceOf: WeakMap<Failed, Trace>;

  constructor(loop: EventLoop) {
    this.loop = loop;
    this.recent = new Set();
    this.watched = new Set();
    this.traceOf = new WeakMap();
  }

  note(future: Failed): void {
    this.recent.add(future);
  }

  forget(future: Failed): void {
    if (this.recent.delete(future)) return;
    const trace = this.traceOf.get(future);
    if (trace === undefined) return;
    this.watched.delete(trace);
    registry.unregister(trace);
  }

  /** The slice ends: from now on those still unlooked at may be collected. */
  watchRecent(): void {
    if (this.recent.size === 0) return;
    for (const future of this.recent) {
      // Its frames would hold the failed task, which is to be collected.
      releaseFrames(future._value);
      const trace: Trace = {
        owner: this,
        future: new WeakRef(future),
        message: future._unretrievedMessage(),
        exception: future._value,
        source: sourceOf(future),
      };
      this.watched.add(trace);
      this.traceOf.set(future, trace);
      registry.register(future, trace, trace);
    }
    this.recent.clear();
  }

  collected(trace: Trace): void {
    if (!this.watched.delete(trace)) return;
    const { message, exception, source } = trace;
    this.loop.callExceptionHandler({
      message,
      exception,
      ...(source === undefined ? {} : { sourceTraceback: source }),
    });
  }

  /** The loop closes. */
  reportAll(): void {
    this.watchRecent();
    for (const trace of [...this.watched]) {
      registry.unregister(trace);
      const future = trace.future.deref();
      if (future === undefined) this.collected(trace);
      else {
        this.watched.delete(trace);
        future._reportUnretrieved();
      }
    }
  }

  count(): number {
    return this.recent.size + this.watched.size;
  }
}
