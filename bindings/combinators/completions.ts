import type { Future } from "../futures/future.js";
import type { EventLoop } from "../loop/eventLoop.js";
import type { Steps } from "../tasks/awaitable.js";

/**
 * What has completed, first come first, and who waits for it: the part of asyncio's Queue that asCompleted stands on,
 * with the same hand-over. Who waits is woken, not served, and looks again.
 */
export class Completions<T> {
  private readonly loop: EventLoop;
  private readonly items: T[];
  private readonly getters: Future<undefined>[];

  constructor(loop: EventLoop) {
    this.loop = loop;
    this.items = [];
    this.getters = [];
  }

  put(item: T): void {
    this.items.push(item);
    this.wakeNext();
  }

  *take(): Steps<T> {
    while (this.items.length === 0) {
      const getter = this.loop.createFuture<undefined>();
      this.getters.push(getter);
      try {
        yield* getter;
      } catch (error) {
        getter.cancel();
        const at = this.getters.indexOf(getter);
        if (at >= 0) this.getters.splice(at, 1);
        // Woken and cancelled in the same iteration: the item is for the next in line.
        if (this.items.length > 0 && !getter.cancelled()) this.wakeNext();
        throw error;
      }
    }
    return this.items.shift()!;
  }

  private wakeNext(): void {
    for (;;) {
      const getter = this.getters.shift();
      if (getter === undefined) return;
      if (getter.done()) continue;
      getter.setResult(undefined);
      return;
    }
  }
}
