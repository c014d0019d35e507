// Ctrl-C, where the host has signals: the first interrupts the main task, the second ends the process.
import type { Task } from "../tasks/task.js";

interface SignalProcess {
  readonly pid: number;
  exitCode?: number | string | undefined;
  on(event: "SIGINT", listener: () => void): unknown;
  removeListener(event: "SIGINT", listener: () => void): unknown;
  listenerCount(event: "SIGINT"): number;
  kill(pid: number, signal: "SIGINT"): unknown;
  getBuiltinModule?: (name: string) => { isMainThread?: boolean } | undefined;
}

/** Node, Deno and Bun on their main thread; `null` in workers, browsers and edge runtimes. */
function signalProcess(): SignalProcess | null {
  const host = (globalThis as { process?: Partial<SignalProcess> }).process;
  if (typeof host?.on !== "function" || typeof host.listenerCount !== "function" || typeof host.kill !== "function") {
    return null;
  }
  return host.getBuiltinModule?.("node:worker_threads")?.isMainThread === false ? null : (host as SignalProcess);
}

/** Listens while a main task runs. */
export interface Interruption {
  /** Whether the task was interrupted and nothing but that cancels it; then the process's exit code is 130. */
  endsProgram(task: Task<unknown>): boolean;
  stop(): void;
}

const NONE: Interruption = { endsProgram: () => false, stop: () => {} };
const INTERRUPTED_EXIT_CODE = 130;

export function listenForInterrupt(task: Task<unknown>): Interruption {
  const host = signalProcess();
  if (host === null || host.listenerCount("SIGINT") > 0) return NONE;
  let count = 0;
  const onSignal = (): void => {
    count++;
    if (count === 1) {
      task.cancel();
      return;
    }
    // Without a listener the signal does what it does by default.
    host.removeListener("SIGINT", onSignal);
    host.kill(host.pid, "SIGINT");
  };
  host.on("SIGINT", onSignal);
  return {
    endsProgram(cancelled) {
      if (count === 0 || cancelled.uncancel() !== 0) return false;
      host.exitCode = INTERRUPTED_EXIT_CODE;
      return true;
    },
    stop: () => host.removeListener("SIGINT", onSignal),
  };
}
