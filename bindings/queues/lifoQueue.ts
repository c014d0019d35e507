import { keepShape } from "../loop/shapes.js";
import { Queue } from "./queue.js";
import { Stack } from "./stack.js";

/** A queue whose next item is the one that was put last. */
export class LifoQueue<T> extends Queue<T> {
  constructor(maxsize = 0) {
    super(maxsize, new Stack());
  }
}

keepShape(() => new LifoQueue());
