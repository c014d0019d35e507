/** How a program ended before its driver did. */
export type Ending = { readonly kind: "deadlock" } | { readonly kind: "endless"; readonly reason: string };

/** A wake by microtask costs one; a macrotask means that a whole slice was used up. */
const WAKES = 20_000;
const MACROTASK_COST = 1000;

/** Turns of the event loop without a wake after which nothing of the program can run any more. */
const IDLE_TURNS = 20;

/**
 * Watches over one program, so that none can hold up the run: it may wake only so often, and when its host has been
 * idle for several macrotasks nothing will ever wake it. No real time is involved.
 */
export class Budget {
  readonly ended: Promise<Ending>;
  #resolve!: (ending: Ending) => void;
  #over = false;
  #spent = 0;
  #idleTurns = 0;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#watch();
  }

  /** False when the program may not run any further. */
  spend(macrotask: boolean): boolean {
    this.#idleTurns = 0;
    this.#spent += macrotask ? MACROTASK_COST : 1;
    if (this.#spent > WAKES) this.end({ kind: "endless", reason: `woke its loop more than ${WAKES} times` });
    return !this.#over;
  }

  get over(): boolean {
    return this.#over;
  }

  end(ending: Ending): void {
    if (this.#over) return;
    this.stop();
    this.#resolve(ending);
  }

  /** The program is over; nothing of it may run from here. */
  stop(): void {
    this.#over = true;
  }

  #watch(): void {
    setImmediate(() => {
      if (this.#over) return;
      this.#idleTurns++;
      if (this.#idleTurns > IDLE_TURNS) this.end({ kind: "endless", reason: "nothing can run, yet it did not end" });
      else this.#watch();
    });
  }
}
