// The process as far as signals are concerned. A process has one disposition for each signal, whoever asks for it.
import { isWorkerd } from "./detect.js";

export interface SignalProcess {
  readonly pid: number;
  exitCode?: number | string | undefined;
  on(event: NodeJS.Signals, listener: () => void): unknown;
  on(event: "uncaughtExceptionMonitor", listener: (error: unknown) => void): unknown;
  once(event: "exit", listener: () => void): unknown;
  removeListener(event: NodeJS.Signals, listener: () => void): unknown;
  listenerCount(event: "SIGINT" | "uncaughtException"): number;
  kill(pid: number, signal: string | number): unknown;
  getBuiltinModule?: (name: string) => { isMainThread?: boolean } | undefined;
}

/** Node, Deno and Bun on their main thread; `null` in workers, browsers and edge runtimes. */
export function signalProcess(): SignalProcess | null {
  // Its stand-in for Node's process has the methods, and does nothing.
  if (isWorkerd()) return null;
  const host = (globalThis as { process?: Partial<SignalProcess> }).process;
  // Bundlers give pages a process with events, but none that can be sent a signal.
  if (typeof host?.kill !== "function") return null;
  return host.getBuiltinModule?.("node:worker_threads")?.isMainThread === false ? null : (host as SignalProcess);
}

/** How many loops have a handler of their own for SIGINT: while there is one, no run interrupts its main task. */
export const interruptHandlers = { count: 0 };
