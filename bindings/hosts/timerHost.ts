import type { Host } from "./host.js";

/** setTimeout holds a signed 32-bit delay; a later deadline is reached in several naps. */
const MAX_DELAY = 2 ** 31 - 1;

const settled = Promise.resolve();

/** Found once: Node's global of that name is a getter, which costs half as much again as the clock itself. */
const clock = performance;

/** A host with `setTimeout`. */
export class TimerHost implements Host {
  private readonly wakeInMacrotask: (wake: () => void) => void;
  declare private timer: ReturnType<typeof setTimeout> | undefined;
  /** When `timer` will fire; Infinity without one. */
  declare private armedFor: number;

  /** `wakeInMacrotask` is the cheapest way to be called in a turn of its own, after what the host has waiting. */
  constructor(wakeInMacrotask: (wake: () => void) => void) {
    this.wakeInMacrotask = wakeInMacrotask;
    this.timer = undefined;
    this.armedFor = Infinity;
  }

  now(): number {
    return clock.now();
  }

  wakeSoon(wake: () => void, macrotask: boolean): void {
    // A resolved promise's then: queueMicrotask costs 5 to 40 times as much in browsers and workerd.
    if (macrotask) this.wakeInMacrotask(wake);
    else void settled.then(wake);
  }

  wakeAt(when: number, wake: () => void): void {
    // A timer that fires too early is kept: the loop reads the clock and asks again for the rest. A busy loop that
    // falls idle thousands of times before one deadline so sets one host timer, not thousands.
    if (this.armedFor <= when && when !== Infinity) return;
    this.cancelWake();
    if (when === Infinity) return;
    const delay = Math.min(Math.max(Math.ceil(when - this.now()), 1), MAX_DELAY);
    this.armedFor = when;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.armedFor = Infinity;
      wake();
    }, delay);
  }

  cancelWake(): void {
    if (this.timer !== undefined) clearTimeout(this.timer);
    this.timer = undefined;
    this.armedFor = Infinity;
  }

  logError(text: string): void {
    console.error(text);
  }
}
