// Seeded randomness: the same seed gives the same run, on any machine.

/** A 32-bit counter, mixed by multiplications and shifts; good enough to choose operations with. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  uint32(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let mixed = this.#state ^ (this.#state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  /** From 0 to limit - 1. */
  below(limit: number): number {
    return this.uint32() % limit;
  }

  chance(probability: number): boolean {
    return this.uint32() < probability * 2 ** 32;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("nothing to pick from");
    return items[this.below(items.length)]!;
  }
}

/** For runs that nobody wants to repeat unless they fail; such a run prints its seed. */
export function freshSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

/**
 * Runs `body` with the generator of `seed`. What it throws comes back as the cause of an error that names the command
 * which repeats the run; `replay` is asked after the failure, so that it may say how far the run had come.
 */
export function seeded<T>(seed: number, replay: () => string, body: (random: Random) => T): T {
  try {
    return body(new Random(seed));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`failed with seed ${seed}: ${reason}\nreplay: ${replay()}`, { cause });
  }
}
