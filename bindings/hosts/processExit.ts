interface Process {
  once?(event: "exit", listener: () => void): void;
}

/** Calls `listener` when the process ends by itself or by `process.exit()`; where there is none, never. */
export function atProcessExit(listener: () => void): void {
  const { process } = globalThis as { process?: Process };
  process?.once?.("exit", listener);
}
