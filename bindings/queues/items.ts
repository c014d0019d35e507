/** How a queue keeps its items, and so which one comes next. */
export interface Items<T> {
  readonly length: number;
  /** Throws only before anything has changed. */
  add(item: T): void;
  /** The next item; never called when there is none. Throws only before anything has changed. */
  take(): T;
  clear(): void;
  /** At most `limit` items, in the order they are kept. */
  list(limit: number): T[];
}
