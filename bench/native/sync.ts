// What a program writes on promises when it needs a lock, a gate or a queue: short, and as fast as promises allow.
// Nothing waits where it need not: only what has to wait makes a promise.

export class PromiseMutex {
  private isLocked = false;
  private readonly waiters = new Fifo<() => void>();

  acquire(): Promise<void> | undefined {
    if (this.isLocked) return new Promise((resolve) => this.waiters.push(resolve));
    this.isLocked = true;
    return undefined;
  }

  release(): void {
    const next = this.waiters.shift();
    if (next === undefined) this.isLocked = false;
    else next();
  }
}

export class PromiseSemaphore {
  private free: number;
  private readonly waiters = new Fifo<() => void>();

  constructor(permits: number) {
    this.free = permits;
  }

  acquire(): Promise<void> | undefined {
    if (this.free === 0) return new Promise((resolve) => this.waiters.push(resolve));
    this.free--;
    return undefined;
  }

  release(): void {
    const next = this.waiters.shift();
    if (next === undefined) this.free++;
    else next();
  }
}

export class PromiseLatch {
  private isSet = false;
  private opened: Promise<void> | undefined;
  private open: (() => void) | undefined;

  wait(): Promise<void> | undefined {
    if (this.isSet) return undefined;
    return (this.opened ??= new Promise((resolve) => (this.open = resolve)));
  }

  set(): void {
    this.isSet = true;
    this.open?.();
    this.opened = undefined;
    this.open = undefined;
  }

  clear(): void {
    this.isSet = false;
  }
}

interface Putter<T> {
  readonly item: T;
  readonly resolve: () => void;
}

/** Hands an item to the consumer that waits, instead of waking it to look for one. */
export class PromiseQueue<T> {
  private readonly bound: number;
  private readonly items = new Fifo<T>();
  private readonly getters = new Fifo<(item: T) => void>();
  private readonly putters = new Fifo<Putter<T>>();

  constructor(bound: number) {
    this.bound = bound;
  }

  put(item: T): Promise<void> | undefined {
    const getter = this.getters.shift();
    if (getter !== undefined) getter(item);
    else if (this.items.length < this.bound) this.items.push(item);
    else return new Promise((resolve) => this.putters.push({ item, resolve }));
    return undefined;
  }

  get(): Promise<T> | T {
    if (this.items.length === 0) return new Promise((resolve) => this.getters.push(resolve));
    const item = this.items.shift()!;
    const putter = this.putters.shift();
    if (putter !== undefined) {
      this.items.push(putter.item);
      putter.resolve();
    }
    return item;
  }
}

/** An array whose shift() does not move the rest. */
class Fifo<T> {
  private items: T[] = [];
  private first = 0;

  get length(): number {
    return this.items.length - this.first;
  }

  push(item: T): void {
    this.items.push(item);
  }

  shift(): T | undefined {
    if (this.first === this.items.length) return undefined;
    const item = this.items[this.first];
    this.items[this.first++] = undefined as T;
    if (this.first === this.items.length) {
      this.items = [];
      this.first = 0;
    }
    return item;
  }
}
