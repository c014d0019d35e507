import type { Items } from "./items.js";

/** A power of two, as all capacities. */
const INITIAL_CAPACITY = 16;
/** An empty ring larger than this is given back: a burst must not hold its memory for ever. */
const KEPT_CAPACITY = 1024;

/** First in, first out: a ring that doubles when it is full. */
export class Fifo<T> implements Items<T> {
  declare length: number;
  /** The items stand at head, head + 1, … modulo its length; every other place is `undefined`. */
  declare private ring: (T | undefined)[];
  declare private head: number;

  constructor() {
    this.length = 0;
    this.ring = emptyRing(INITIAL_CAPACITY);
    this.head = 0;
  }

  add(item: T): void {
    if (this.length === this.ring.length) this.grow();
    this.ring[(this.head + this.length) & (this.ring.length - 1)] = item;
    this.length++;
  }

  take(): T {
    const { ring, head } = this;
    const item = ring[head] as T;
    ring[head] = undefined;
    this.head = (head + 1) & (ring.length - 1);
    if (--this.length === 0 && ring.length > KEPT_CAPACITY) this.clear();
    return item;
  }

  clear(): void {
    this.length = 0;
    this.ring = emptyRing(INITIAL_CAPACITY);
    this.head = 0;
  }

  list(limit: number): T[] {
    const mask = this.ring.length - 1;
    return Array.from({ length: Math.min(limit, this.length) }, (_, i) => this.ring[(this.head + i) & mask] as T);
  }

  private grow(): void {
    const items = this.list(this.length);
    this.ring = [...items, ...emptyRing<T>(items.length)];
    this.head = 0;
  }
}

function emptyRing<T>(capacity: number): (T | undefined)[] {
  return new Array<T | undefined>(capacity).fill(undefined);
}
