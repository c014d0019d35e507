// A binary heap in an array: items[i] never comes after items[2i + 1] and items[2i + 2].
//
// Both operations first compare, then move. The comparison is the user's code and may throw; then nothing has changed.
// The path from the root to a place is given by the place itself, so nothing has to be remembered in between.
import type { Items } from "./items.js";
import type { Compare } from "./order.js";

export class Heap<T> implements Items<T> {
  private readonly compare: Compare<T>;
  declare private readonly items: T[];

  constructor(compare: Compare<T>) {
    this.compare = compare;
    this.items = [];
  }

  get length(): number {
    return this.items.length;
  }

  add(item: T): void {
    const { items, compare } = this;
    let place = items.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!(compare(item, items[parent]!) < 0)) break;
      place = parent;
    }
    items.push(item);
    for (let hole = items.length - 1; hole !== place;) {
      const parent = (hole - 1) >> 1;
      items[hole] = items[parent]!;
      hole = parent;
    }
    items[place] = item;
  }

  /**
   * The last item fills the gap at the root: the items on the path to a leaf each move up by one, as far down as they
   * come before it. Its place is looked for from the leaf upwards, as it came from the bottom and mostly belongs there:
   * about one comparison a level instead of two.
   */
  take(): T {
    const { items, compare } = this;
    const last = items[items.length - 1]!;
    let place = this.leafBelowRoot(items.length - 1);
    while (place > 0 && compare(last, items[place]!) < 0) place = (place - 1) >> 1;
    items.pop();
    if (items.length === 0) return last;
    let moving = last;
    for (;;) {
      const displaced = items[place]!;
      items[place] = moving;
      if (place === 0) return displaced;
      moving = displaced;
      place = (place - 1) >> 1;
    }
  }

  clear(): void {
    this.items.length = 0;
  }

  list(limit: number): T[] {
    return this.items.slice(0, limit);
  }

  /** Down from the root to a leaf, always to the child that comes first; only the first `length` items count. */
  private leafBelowRoot(length: number): number {
    const { items, compare } = this;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      if (left >= length) return place;
      const right = left + 1;
      place = right < length && compare(items[right]!, items[left]!) < 0 ? right : left;
    }
  }
}
