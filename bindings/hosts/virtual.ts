import { checkMilliseconds } from "../errors/checks.js";
import type { Host } from "./host.js";

const settled = Promise.resolve();

/** A timer alone may come before what waits for the host's next turn, so a turn of that kind follows it. */
function afterTimersAndTurn(then: () => void): void {
  setTimeout(() => {
    if (typeof setImmediate === "function") setImmediate(then);
    else setTimeout(then, 0);
  }, 0);
}

/**
 * A clock that moves only when told to, or by itself to the next deadline when the loop has nothing else to do
 * (`autojump`, the default). Time so costs nothing and every run of a program is the same.
 */
export class VirtualHost implements Host {
  readonly detectsDeadlock: boolean;
  private readonly autojump: boolean;
  private clock: number;
  private deadline: number;
  private wake: (() => void) | null;
  /** Outdates a jump that was planned before the loop found something else to do. */
  private plan: number;

  constructor(options: { autojump?: boolean } = {}) {
    this.autojump = options.autojump ?? true;
    this.detectsDeadlock = this.autojump;
    this.clock = 0;
    this.deadline = Infinity;
    this.wake = null;
    this.plan = 0;
  }

  now(): number {
    return this.clock;
  }

  /** Moves the clock and wakes the loop if a deadline has been reached. */
  advance(ms: number): void {
    checkMilliseconds(ms, "advance");
    this.clock += Math.max(ms, 0);
    if (this.clock >= this.deadline) this.fire();
  }

  wakeSoon(wake: () => void, macrotask: boolean): void {
    this.plan++;
    if (macrotask) afterTimersAndTurn(wake);
    else void settled.then(wake);
  }

  wakeAt(when: number, wake: () => void): void {
    this.deadline = when;
    this.wake = wake;
    const plan = ++this.plan;
    if (!this.autojump || when === Infinity) return;
    // Promises get to settle first: microtasks, and what one macrotask brings.
    afterTimersAndTurn(() => {
      if (plan !== this.plan) return;
      this.jumpTo(when);
      this.fire();
    });
  }

  cancelWake(): void {
    this.plan++;
    this.deadline = Infinity;
    this.wake = null;
  }

  logError(text: string): void {
    console.error(text);
  }

  /** @internal For a loop that is driven by its caller: the clock goes to `when`. */
  jumpTo(when: number): void {
    this.clock = Math.max(this.clock, when);
  }

  private fire(): void {
    const wake = this.wake;
    this.wake = null;
    this.deadline = Infinity;
    wake?.();
  }
}
