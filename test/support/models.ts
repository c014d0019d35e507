// What the core's structures should do, written in the most obvious way: arrays and maps, no cleverness. Entries,
// waiters, metas and kinds are the integers of assembly/codes.ts.

/** The ready ring: an array, and how many of its first entries belong to the frozen batch. */
export class ReadyModel {
  readonly entries: number[] = [];
  batch = 0;

  push(entry: number): void {
    this.entries.push(entry);
  }

  freeze(): number {
    this.batch = this.entries.length;
    return this.batch;
  }

  pop(): number {
    if (this.batch === 0) throw new RangeError("the batch is over");
    this.batch--;
    return this.entries.shift()!;
  }
}

export interface TimerRecord {
  readonly slot: number;
  readonly deadline: number;
  readonly sequence: number;
}

/** The timers in the order in which they fire. */
export class TimerModel {
  readonly timers: TimerRecord[] = [];
  #sequence = 0;

  open(slot: number, deadline: number): TimerRecord {
    const timer = { slot, deadline, sequence: this.#sequence++ };
    this.timers.splice(this.#position(timer), 0, timer);
    return timer;
  }

  cancel(timer: TimerRecord): void {
    const removed = this.timers.splice(this.#position(timer), 1);
    if (removed[0] !== timer) throw new RangeError("no such timer");
  }

  /** Removes those that are due and gives their slots in order. */
  due(now: number): number[] {
    const firstLater = this.timers.findIndex((timer) => timer.deadline > now);
    return this.timers.splice(0, firstLater === -1 ? this.timers.length : firstLater).map((timer) => timer.slot);
  }

  deadline(): number {
    return this.timers[0]?.deadline ?? Infinity;
  }

  /** How many fire before `timer`. */
  #position(timer: TimerRecord): number {
    let low = 0;
    let high = this.timers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.timers[middle]!;
      const isEarlier =
        other.deadline < timer.deadline || (other.deadline === timer.deadline && other.sequence < timer.sequence);
      if (isEarlier) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Who waits for whom: by slot of a Future or Task, its waiters in order. */
export class FutureModel {
  readonly lists = new Map<number, number[]>();

  waiters(slot: number): readonly number[] {
    return this.lists.get(slot) ?? [];
  }

  wait(slot: number, waiter: number): void {
    const list = this.lists.get(slot);
    if (list === undefined) this.lists.set(slot, [waiter]);
    else list.push(waiter);
  }

  /** How many times it was there. */
  unwait(slot: number, waiter: number): number {
    const before = this.waiters(slot);
    const after = before.filter((other) => other !== waiter);
    if (this.lists.has(slot)) this.lists.set(slot, after);
    return before.length - after.length;
  }

  /** Forgets the list and gives it. */
  end(slot: number): readonly number[] {
    const waiters = this.waiters(slot);
    this.lists.delete(slot);
    return waiters;
  }

  /** Each waiter but the first of a list has a node. */
  nodes(): number {
    let nodes = 0;
    for (const waiters of this.lists.values()) nodes += Math.max(0, waiters.length - 1);
    return nodes;
  }
}

export interface SlotHandle {
  readonly slot: number;
  readonly meta: number;
}

/** The live slots with their metas, and handles of former lives that must be refused from now on. */
export class SlotModel {
  readonly live = new Map<number, number>();
  readonly stale: SlotHandle[] = [];
  readonly #lives = new Map<number, number>();

  /** `generation`: what the slot says; each life of a slot has a higher one than the life before. */
  take(slot: number, meta: number, generation: number): void {
    if (slot === 0 || this.live.has(slot)) throw new RangeError(`slot ${slot} was not free`);
    if (generation < (this.#lives.get(slot) ?? 0)) throw new RangeError(`slot ${slot} has an old generation again`);
    this.#lives.set(slot, generation + 1);
    this.live.set(slot, meta);
  }

  free(slot: number): void {
    const meta = this.live.get(slot);
    if (meta === undefined) throw new RangeError(`slot ${slot} was not live`);
    this.live.delete(slot);
    this.stale.push({ slot, meta });
    if (this.stale.length > 512) this.stale.splice(0, 256);
  }

  /** The slot lives on with another meta: a timer that is due, a Future that is observed. */
  change(slot: number, meta: number): void {
    const before = this.live.get(slot);
    if (before === undefined) throw new RangeError(`slot ${slot} was not live`);
    this.live.set(slot, meta);
    this.stale.push({ slot, meta: before });
  }
}
