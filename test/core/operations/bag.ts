// A set of slots from which one can be drawn by chance in constant time.
import type { Random } from "../../support/seed.js";

export class Bag {
  readonly slots: number[] = [];
  readonly #places = new Map<number, number>();

  add(slot: number): void {
    this.#places.set(slot, this.slots.push(slot) - 1);
  }

  delete(slot: number): void {
    const place = this.#places.get(slot);
    if (place === undefined) throw new RangeError(`slot ${slot} is not in the bag`);
    this.#places.delete(slot);
    const last = this.slots.pop()!;
    if (last === slot) return;
    this.slots[place] = last;
    this.#places.set(last, place);
  }

  /** One of them, which stays; 0 when there is none. */
  pick(random: Random): number {
    return this.slots.length === 0 ? 0 : random.pick(this.slots);
  }

  /** One of them, which leaves; 0 when there is none. */
  draw(random: Random): number {
    const slot = this.pick(random);
    if (slot !== 0) this.delete(slot);
    return slot;
  }
}
