import { thread, type ContextHolder } from "../context/current.js";
import { describe } from "../errors/checks.js";
import { showAsText } from "../errors/inspectForm.js";
import type { Bindings, Context } from "../context/context.js";
import type { Payload } from "../wasm/core.js";
import type { EventLoop } from "./eventLoop.js";

/** For all handles without arguments: one array instead of one each. */
const NO_ARGS: readonly unknown[] = [];

export type Callback = (...args: never[]) => unknown;

/** A callback that the loop will call: what `callSoon` returns. */
export class Handle implements Payload, ContextHolder {
  /** @internal */
  readonly _loop: EventLoop;
  /** @internal `null` once cancelled, so that nothing is kept alive. */
  declare _callback: Callback | null;
  /** @internal */
  declare _args: readonly unknown[];
  /** @internal */
  declare _context: Bindings | Context;
  /** @internal The core's slot; 0 when the core knows nothing of this handle. */
  declare _slot: number;

  /** @internal */
  constructor(loop: EventLoop, callback: Callback, args: readonly unknown[], context: Bindings | Context) {
    this._loop = loop;
    this._callback = callback;
    this._args = args.length === 0 ? NO_ARGS : args;
    this._context = context;
    this._slot = 0;
  }

  /** The callback is not called; too late or twice is no error. */
  cancel(): void {
    this._callback = null;
    this._args = NO_ARGS;
  }

  cancelled(): boolean {
    return this._callback === null;
  }

  toString(): string {
    return this._callback === null ? "<Handle cancelled>" : `<Handle ${describe(this._callback)}>`;
  }

  /** @internal Whether the loop's own callSoon or callAt has made it, rather than a Future for its done callbacks. */
  get _isOwn(): boolean {
    return true;
  }

  /** @internal */
  _run(): void {
    this._loop._core.release(this._slot);
    this._slot = 0;
    const callback = this._callback as ((...args: readonly unknown[]) => unknown) | null;
    if (callback === null) return;
    const outer = thread.current.holder;
    thread.current.holder = this;
    try {
      callback(...this._args);
    } catch (exception) {
      this._loop._reportCallback(exception, this);
    } finally {
      thread.current.holder = outer;
    }
  }
}

showAsText(Handle);

/** A callback with a deadline: what `callLater` and `callAt` return. */
export class TimerHandle extends Handle {
  /** @internal The slot's meta word, which tells this timer from a later one in the same slot. */
  declare _meta: number;
  private readonly deadline: number;

  /** @internal */
  constructor(
    loop: EventLoop,
    deadline: number,
    callback: Callback,
    args: readonly unknown[],
    context: Bindings | Context,
  ) {
    super(loop, callback, args, context);
    this._meta = 0;
    this.deadline = deadline;
  }

  /** The deadline in milliseconds of `loop.time()`. */
  when(): number {
    return this.deadline;
  }

  override cancel(): void {
    const loop = this._loop;
    if (this._slot !== 0 && loop._core.cancelTimer(this._slot, this._meta)) {
      this._slot = 0;
      // A loop that naps for this timer would keep its process alive until then.
      if (loop._asleep && !loop.isClosed()) loop._rouse();
    }
    super.cancel();
  }
}
