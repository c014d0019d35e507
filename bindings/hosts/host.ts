/**
 * What a loop needs from the place it runs in: a clock, and being woken. A host serves one loop; it never calls
 * anything but the `wake` it was given, and never from inside the call that asked for it.
 */
export interface Host {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /**
   * Calls `wake` once: as a microtask, or (`macrotask`) after the host's own timers, I/O and painting had their turn.
   */
  wakeSoon(wake: () => void, macrotask: boolean): void;
  /**
   * Calls `wake` at `when` or a little earlier or later, instead of at an earlier such request. Infinity: the loop is
   * idle and waits for no time.
   */
  wakeAt(when: number, wake: () => void): void;
  /** Forgets the pending wakeAt. */
  cancelWake(): void;
  /** Writes one block of text where the host shows errors. */
  logError(text: string): void;
  /**
   * True where only the loop's own timers move the clock: a loop that is idle there without a timer, and still is after
   * microtasks and one macrotask, can never continue.
   */
  readonly detectsDeadlock?: boolean;
}
