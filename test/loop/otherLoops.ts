// Loops put under unchanged programs: one whose callbacks are the host's own timers, and one that only looks on.
import { EventLoop, Handle, TimerHandle, type Context } from "../../bindings/index.js";

/** Every callback is a setImmediate, every timer a setTimeout; nothing of the core runs. */
export class HostTimersLoop extends EventLoop {
  override time(): number {
    return performance.now();
  }

  override callSoonIn<A extends unknown[]>(context: Context, callback: (...args: A) => unknown, ...args: A): Handle {
    const handle = new Handle(this, callback, args, context);
    setImmediate(() => handle.cancelled() || context.run(callback, ...args));
    return handle;
  }

  override callLaterIn<A extends unknown[]>(
    context: Context,
    delay: number,
    callback: (...args: A) => unknown,
    ...args: A
  ): TimerHandle {
    return this.callAtIn(context, this.time() + delay, callback, ...args);
  }

  override callAtIn<A extends unknown[]>(
    context: Context,
    when: number,
    callback: (...args: A) => unknown,
    ...args: A
  ): TimerHandle {
    const handle = new TimerHandle(this, when, callback, args, context);
    const fire = (): void => {
      if (handle.cancelled()) return;
      if (this.time() < when) setTimeout(fire, when - this.time());
      else context.run(callback, ...args);
    };
    setTimeout(fire, when - this.time());
    return handle;
  }
}

/** Counts what goes through it and leaves the work to the loop that it extends. */
export class CountingLoop extends EventLoop {
  soon = 0;
  timers = 0;

  override callSoonIn<A extends unknown[]>(context: Context, callback: (...args: A) => unknown, ...args: A): Handle {
    this.soon++;
    return super.callSoonIn(context, callback, ...args);
  }

  override callLaterIn<A extends unknown[]>(
    context: Context,
    delay: number,
    callback: (...args: A) => unknown,
    ...args: A
  ): TimerHandle {
    this.timers++;
    return super.callLaterIn(context, delay, callback, ...args);
  }

  override callAtIn<A extends unknown[]>(
    context: Context,
    when: number,
    callback: (...args: A) => unknown,
    ...args: A
  ): TimerHandle {
    this.timers++;
    return super.callAtIn(context, when, callback, ...args);
  }
}
