// What the host does on its own and then tells by a callback, as a Future of a loop.
import { osErrorOf } from "../../errors/hostError.js";
import type { Future, Owner } from "../../futures/future.js";
import { CANCELLED } from "../../futures/state.js";
import type { Attached, EventLoop } from "../../loop/eventLoop.js";
import { attach, detach } from "./attached.js";

/** While it is pending the loop counts as able to go on; cancelling it abandons the host's work. */
export class HostOperation<T> implements Owner, Attached {
  readonly future: Future<T>;
  private readonly abandon: () => void;
  declare private isOver: boolean;

  /** `abandon` is called at most once: when the future is cancelled, or its loop closes. */
  constructor(loop: EventLoop, abandon: () => void = () => {}) {
    this.future = loop.createFuture<T>();
    this.future._owner = this;
    this.abandon = abandon;
    this.isOver = false;
    attach(loop, this);
  }

  /** False when nobody waits for the result any more. */
  succeed(result: T): boolean {
    if (!this.end()) return false;
    this.future.setResult(result);
    return true;
  }

  /** False when nobody waits any more; the host's error becomes an OSError. */
  fail(hostError: unknown): boolean {
    if (!this.end()) return false;
    this.future._fail(osErrorOf(hostError));
    return true;
  }

  private end(): boolean {
    if (this.isOver) return false;
    this.isOver = true;
    detach(this.future._loop, this);
    return true;
  }

  /** @internal */
  _cancel(future: Future<unknown>, msg: unknown): boolean {
    if (this.end()) this.abandon();
    future._settle(CANCELLED, msg);
    return true;
  }

  /** @internal */
  _loopClosed(): void {
    this.isOver = true;
    this.abandon();
  }

  /** @internal */
  get _kind(): string {
    return "Future of the host";
  }
}
