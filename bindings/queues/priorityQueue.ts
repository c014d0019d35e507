import { checkCallback } from "../errors/checks.js";
import { keepShape } from "../loop/shapes.js";
import { Heap } from "./heap.js";
import { naturalOrder, type Compare } from "./order.js";
import { Queue } from "./queue.js";

export interface PriorityQueueOptions<T> {
  /**
   * Negative when `a` comes before `b`. By default numbers and strings are compared by value, arrays item by item, and
   * anything else is a TypeError when it is put.
   */
  compare?: Compare<T>;
}

/**
 * A queue whose next item is the first in order. Among equal items the order is fixed, but not that of their putting: put
 * `[priority, sequence, item]` where it matters.
 */
export class PriorityQueue<T> extends Queue<T> {
  constructor(maxsize = 0, options: PriorityQueueOptions<T> = {}) {
    const { compare = naturalOrder } = options;
    checkCallback(compare, "PriorityQueue's compare");
    super(maxsize, new Heap(compare));
  }
}

keepShape(() => new PriorityQueue());
