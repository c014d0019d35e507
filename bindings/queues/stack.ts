import type { Items } from "./items.js";

/** Last in, first out. */
export class Stack<T> implements Items<T> {
  declare private readonly items: T[];

  constructor() {
    this.items = [];
  }

  get length(): number {
    return this.items.length;
  }

  add(item: T): void {
    this.items.push(item);
  }

  take(): T {
    return this.items.pop() as T;
  }

  clear(): void {
    this.items.length = 0;
  }

  list(limit: number): T[] {
    return this.items.slice(0, limit);
  }
}
