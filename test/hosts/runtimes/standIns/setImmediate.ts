// In the place of `setImmediate` for tests that are written with it, where there is none: one after the other with the
// host's timers. Not as a global: the library would take the host for Node.
export function setImmediate(callback: (...args: unknown[]) => void, ...args: unknown[]): void {
  setTimeout(callback, 0, ...args);
}
