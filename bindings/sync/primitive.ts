import { RuntimeError } from "../errors/errors.js";
import { showAsText } from "../errors/inspectForm.js";
import type { EventLoop } from "../loop/eventLoop.js";

/** What all that tasks wait at have in common: it belongs to one loop, and can be shown. */
export abstract class Primitive {
  /** The loop of the first task that had to wait here. */
  declare private loop: EventLoop | null;

  constructor() {
    this.loop = null;
  }

  /** @internal A task of `loop` has to wait; RuntimeError when tasks of another loop have waited before. */
  _bind(loop: EventLoop): void {
    if (this.loop === loop) return;
    if (this.loop !== null) {
      throw new RuntimeError(
        `${this.toString()} is bound to a different event loop: tasks of another loop have waited at it; make one per loop`,
      );
    }
    this.loop = loop;
  }

  /** @internal The text inside of toString(). */
  protected abstract describeState(): string;

  /** As asyncio shows it: `<Lock [locked, waiters:2]>`. */
  toString(): string {
    return `<${this.constructor.name} [${this.describeState()}]>`;
  }
}
showAsText(Primitive);

/** The end of the text: nothing when nobody waits. */
export function describeWaiters(waiting: number): string {
  return waiting === 0 ? "" : `, waiters:${waiting}`;
}
