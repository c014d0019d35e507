// Ctrl-C, where the host has signals: the first interrupts the main task, the second ends the process.
import { KeyboardInterrupt } from "../errors/errors.js";
import { interruptHandlers, signalProcess, type SignalProcess } from "../hosts/signalProcess.js";
import type { Task } from "../tasks/task.js";

/** Listens while a main task runs. */
export interface Interruption {
  /** What `run` rejects with if the task was interrupted and nothing but that cancels it; the exit code is then 130. */
  errorFor(cause: unknown): KeyboardInterrupt | null;
  stop(): void;
}

const INTERRUPTED_EXIT_CODE = 130;

/** What a run has rejected with last: of those that run at a time, only one listens. */
let lastInterrupt: KeyboardInterrupt | null = null;

/** An error that nobody catches makes Node's exit code 1, whatever was set before; the last word has `exit`. */
function keepExitCode(host: SignalProcess, error: KeyboardInterrupt): void {
  if (lastInterrupt === null) {
    host.on("uncaughtExceptionMonitor", (uncaught) => {
      const isOurs = uncaught === lastInterrupt && host.listenerCount("uncaughtException") === 0;
      if (isOurs) host.once("exit", () => (host.exitCode = INTERRUPTED_EXIT_CODE));
    });
  }
  lastInterrupt = error;
  host.exitCode = INTERRUPTED_EXIT_CODE;
}

/** `null` where there are no signals, or the program listens itself. */
export function listenForInterrupt(task: Task<unknown>): Interruption | null {
  const host = signalProcess();
  if (host === null || host.listenerCount("SIGINT") > interruptHandlers.count) return null;
  let count = 0;
  const onSignal = (): void => {
    // A loop's own handler takes the place of this one, as long as there is one.
    if (interruptHandlers.count > 0) return;
    if (++count === 1) return void task.cancel();
    // Without a listener the signal does what it does by default.
    stop();
    host.kill(host.pid, "SIGINT");
  };
  const stop = (): void => void host.removeListener("SIGINT", onSignal);
  host.on("SIGINT", onSignal);
  return {
    errorFor(cause) {
      if (count === 0 || task.uncancel() !== 0) return null;
      const error = new KeyboardInterrupt("interrupted by SIGINT", { cause });
      keepExitCode(host, error);
      return error;
    },
    stop,
  };
}
