import { checkContext, copyBindings, copyContext, type Bindings, type Context } from "../context/context.js";
import { checkCallback, checkMilliseconds } from "../errors/checks.js";
import type { Host } from "../hosts/host.js";
import type { Payload } from "../wasm/core.js";
import type { EventLoop } from "./eventLoop.js";
import { noteHandle } from "./debug.js";
import { callOnLoop } from "./foreign.js";
import { Handle, TimerHandle, type Callback } from "./handle.js";
import { Scheduler } from "./scheduler.js";

/**
 * Callbacks and timers. A subclass of the loop may put another scheduler underneath by overriding `time`, `callSoonIn`,
 * `callLaterIn` and `callAtIn`: everything else, tasks included, then goes through these four.
 */
export abstract class CallbackLoop extends Scheduler {
  /** @internal A subclass schedules callbacks, and timers, itself. */
  readonly _isForeign: boolean;
  private readonly hasForeignTimers: boolean;
  /** Timers of a foreign loop that stand for one of ours, by negative number. */
  private readonly foreignTimers: Map<number, TimerHandle>;
  declare private lastForeignTimer: number;

  constructor(host: Host, timeSlice: number) {
    super(host, timeSlice);
    this._isForeign = this.callSoonIn !== CallbackLoop.prototype.callSoonIn;
    this.hasForeignTimers = this.callAtIn !== CallbackLoop.prototype.callAtIn;
    this.foreignTimers = new Map();
    this.lastForeignTimer = 0;
    this._asleep = this._isForeign;
    if (this._isForeign || this.hasForeignTimers) this.guardForeign();
  }

  /** What a subclass is given to call is one of this loop's callbacks, whenever and from wherever it is called. */
  private guardForeign(): void {
    const { callSoonIn, callLaterIn, callAtIn } = this;
    if (this._isForeign) {
      this.callSoonIn = (context, callback, ...args) => {
        checkContext(context, "callSoonIn");
        checkCallback(callback, "callSoonIn");
        return callSoonIn.call(this, context, this.onLoop(callback, args));
      };
    }
    if (!this.hasForeignTimers) return;
    this.callLaterIn = (context, delay, callback, ...args) => {
      checkContext(context, "callLaterIn");
      checkMilliseconds(delay, "callLaterIn");
      checkCallback(callback, "callLaterIn");
      return callLaterIn.call(this, context, delay, this.onLoop(callback, args));
    };
    this.callAtIn = (context, when, callback, ...args) => {
      checkContext(context, "callAtIn");
      checkMilliseconds(when, "callAtIn");
      checkCallback(callback, "callAtIn");
      return callAtIn.call(this, context, when, this.onLoop(callback, args));
    };
  }

  /** Calls `callback` in the next iteration, in a copy of the current context. */
  callSoon<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): Handle {
    checkCallback(callback, "callSoon");
    if (this._isForeign) return this.callSoonIn(copyContext(), callback, ...args);
    return this.schedule(callback, args, copyBindings());
  }

  /** callSoon in `context` itself. */
  callSoonIn<A extends unknown[]>(context: Context, callback: (...args: A) => unknown, ...args: A): Handle {
    checkContext(context, "callSoonIn");
    checkCallback(callback, "callSoonIn");
    return this.schedule(callback, args, context);
  }

  /** callSoon: a host's callbacks run on the loop's own thread, where it is always safe. */
  callSoonThreadsafe<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): Handle {
    checkCallback(callback, "callSoonThreadsafe");
    if (this._isForeign) return this.callSoonIn(copyContext(), callback, ...args);
    return this.schedule(callback, args, copyBindings(), true);
  }

  /** Calls `callback` after `delay` milliseconds, never earlier; a negative delay means now. */
  callLater<A extends unknown[]>(delay: number, callback: (...args: A) => unknown, ...args: A): TimerHandle {
    checkMilliseconds(delay, "callLater");
    checkCallback(callback, "callLater");
    if (this.hasForeignTimers) return this.callLaterIn(copyContext(), delay, callback, ...args);
    return this.scheduleAt(this.time() + delay, callback, args, copyBindings());
  }

  /** callLater in `context` itself. */
  callLaterIn<A extends unknown[]>(
    context: Context,
    delay: number,
    callback: (...args: A) => unknown,
    ...args: A
  ): TimerHandle {
    checkContext(context, "callLaterIn");
    checkMilliseconds(delay, "callLaterIn");
    checkCallback(callback, "callLaterIn");
    return this.scheduleAt(this.time() + delay, callback, args, context);
  }

  /** Calls `callback` when `time()` reaches `when`. Equal deadlines fire in the order they were set. */
  callAt<A extends unknown[]>(when: number, callback: (...args: A) => unknown, ...args: A): TimerHandle {
    checkMilliseconds(when, "callAt");
    checkCallback(callback, "callAt");
    if (this.hasForeignTimers) return this.callAtIn(copyContext(), when, callback, ...args);
    return this.scheduleAt(when, callback, args, copyBindings());
  }

  /** callAt in `context` itself. */
  callAtIn<A extends unknown[]>(
    context: Context,
    when: number,
    callback: (...args: A) => unknown,
    ...args: A
  ): TimerHandle {
    checkContext(context, "callAtIn");
    checkMilliseconds(when, "callAtIn");
    checkCallback(callback, "callAtIn");
    return this.scheduleAt(when, callback, args, context);
  }

  private schedule(
    callback: Callback,
    args: readonly unknown[],
    context: Bindings | Context,
    isThreadsafe = false,
  ): Handle {
    this._checkClosed();
    const handle = new Handle(this as unknown as EventLoop, callback, args, context);
    if (this._debug) noteHandle(handle, isThreadsafe);
    handle._slot = this._core.openCallback(handle);
    if (this._asleep) this._rouse();
    return handle;
  }

  private scheduleAt(
    when: number,
    callback: Callback,
    args: readonly unknown[],
    context: Bindings | Context,
  ): TimerHandle {
    this._checkClosed();
    const handle = new TimerHandle(this as unknown as EventLoop, when, callback, args, context);
    if (this._debug) noteHandle(handle, false);
    handle._slot = this.openOwnTimer(when, handle);
    handle._meta = this._core.metaOf(handle._slot);
    return handle;
  }

  /** A callback for a subclass to call whenever and from wherever it likes. */
  private onLoop<A extends unknown[]>(callback: (...args: A) => unknown, args: A): () => void {
    return () => callOnLoop(this as unknown as EventLoop, () => callback(...args));
  }

  /** @internal A timer for `payload`: its slot, or a negative number where a subclass has the timers. */
  _openTimer(when: number, payload: Payload): number {
    this._checkClosed();
    return this.hasForeignTimers ? this.openForeignTimer(when, payload) : this.openOwnTimer(when, payload);
  }

  /** A loop that is asleep looks at its deadlines again. */
  private openOwnTimer(when: number, payload: Payload): number {
    const slot = this._core.openTimer(when, payload);
    if (when <= this._now) this._tickDue = true;
    if (this._asleep) this._rouse();
    return slot;
  }

  private openForeignTimer(when: number, payload: Payload): number {
    const id = --this.lastForeignTimer;
    const handle = this.callAtIn(copyContext(), when, () => payload._run());
    this.foreignTimers.set(id, handle);
    return id;
  }

  /** @internal The meta word that goes with a timer's slot. */
  _timerMeta(timer: number): number {
    return timer < 0 ? 0 : this._core.metaOf(timer);
  }

  /** @internal False when the timer has fired already. */
  _cancelTimer(timer: number, meta: number): boolean {
    if (timer >= 0) return this._core.cancelTimer(timer, meta);
    this.foreignTimers.get(timer)?.cancel();
    return this.foreignTimers.delete(timer);
  }

  /** @internal The timer has fired. */
  _closeTimer(timer: number): void {
    if (timer >= 0) this._core.release(timer);
    else this.foreignTimers.delete(timer);
  }
}
