import type { Host } from "./host.js";

/** setTimeout holds a signed 32-bit delay; a later deadline is reached in several naps. */
const MAX_DELAY = 2 ** 31 - 1;

const settled = Promise.resolve();

/** Node, and by the same globals Deno and Bun. */
export class NodeHost implements Host {
  declare private timer: ReturnType<typeof setTimeout> | undefined;
  /** When `timer` will fire; Infinity without one. */
  declare private armedFor: number;

  constructor() {
    this.timer = undefined;
    this.armedFor = Infinity;
  }

  now(): number {
    return performance.now();
  }

  wakeSoon(wake: () => void, macrotask: boolean): void {
    // A resolved promise's then: queueMicrotask costs more on every host measured.
    if (macrotask) setImmediate(wake);
    else void settled.then(wake);
  }

  wakeAt(when: number, wake: () => void): void {
    // A timer that fires too early is kept: the loop reads the clock and asks again for the rest. A busy loop that
    // falls idle thousands of times before one deadline so sets one host timer, not thousands.
    if (this.armedFor <= when && when !== Infinity) return;
    this.cancelWake();
    if (when === Infinity) return;
    const delay = Math.min(Math.max(Math.ceil(when - performance.now()), 1), MAX_DELAY);
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
