import { Primitive } from "../sync/primitive.js";

/** Where `join()` waits. As in asyncio it is bound to a loop of its own, by the first task that joins. */
export class JoinLine extends Primitive {
  private readonly queue: Primitive;

  constructor(queue: Primitive) {
    super();
    this.queue = queue;
  }

  protected override describeState(): string {
    return "";
  }

  /** The queue is what a task that joins is seen to wait at. */
  override toString(): string {
    return this.queue.toString();
  }
}
