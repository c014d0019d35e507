import type { Host } from "../../../bindings/index.js";
import type { Budget } from "./budget.js";

const settled = Promise.resolve();

/**
 * The virtual clock of one loop, in whole milliseconds from 0. It jumps to the next deadline as soon as the loop has
 * nothing ready. A loop that waits for ever is a deadlock, and is left where it is.
 */
export class ProgramHost implements Host {
  readonly #budget: Budget;
  readonly #onDeadlock: () => void;
  #now = 0;
  /** Counts the calls of `wakeAt` and `cancelWake`; a jump that is no longer the latest does nothing. */
  #request = 0;
  #pendingWakes = 0;

  constructor(budget: Budget, onDeadlock: () => void) {
    this.#budget = budget;
    this.#onDeadlock = onDeadlock;
  }

  now(): number {
    return this.#now;
  }

  wakeSoon(wake: () => void, macrotask: boolean): void {
    if (!this.#budget.spend(macrotask)) return;
    this.#pendingWakes++;
    const run = (): void => {
      this.#pendingWakes--;
      if (!this.#budget.over) wake();
    };
    if (macrotask) setImmediate(run);
    else void settled.then(run);
  }

  wakeAt(when: number, wake: () => void): void {
    this.#request++;
    if (this.#budget.spend(false)) this.#jumpWhenIdle(this.#request, when, wake);
  }

  cancelWake(): void {
    this.#request++;
  }

  /** What the loop logs is the text of an exception that a trace shows anyway, or that is not traced. */
  logError(): void {}

  #jumpWhenIdle(request: number, when: number, wake: () => void): void {
    void settled.then(() => {
      if (request !== this.#request || this.#budget.over) return;
      if (this.#pendingWakes > 0) {
        this.#jumpWhenIdle(request, when, wake);
      } else if (when === Infinity) {
        this.#onDeadlock();
      } else {
        this.#now = Math.max(this.#now, when);
        wake();
      }
    });
  }
}
