import { VirtualHost } from "../hosts/virtual.js";
import { IDLE, STOPPED } from "../loop/driver.js";
import { EventLoop } from "../loop/eventLoop.js";
import { running } from "../loop/running.js";
import type { Future } from "../futures/future.js";
import { deadlockError } from "../run/deadlock.js";
import { refuseOnStack, type Main } from "../run/runner.js";
import { shutdownSteps, type RunSteps } from "../run/shutdown.js";

/**
 * Runs a program to its end on virtual time, synchronously: no real time passes, and two runs are the same. For
 * generator coroutines; a foreign promise can not settle meanwhile. When nothing can run any more, DeadlockError is
 * thrown from here, names what is blocked, and no user code runs after that.
 */
export function runVirtual<T>(main: Main<T>, options: { debug?: boolean } = {}): T {
  refuseOnStack("runVirtual()");
  const host = new VirtualHost();
  const loop = new EventLoop({ host, debug: options.debug === true });
  // The background loop may be on the stack: it is no part of the program, which would be refused as another loop's.
  const outer = running.loop;
  running.loop = null;
  try {
    return drive(loop, host, program(loop, main));
  } finally {
    running.loop = outer;
  }
}

function* program<T>(loop: EventLoop, main: Main<T>): RunSteps<T> {
  try {
    return (yield loop.createTask(main) as Future<unknown>) as T;
  } finally {
    yield* shutdownSteps(loop);
  }
}

function drive<T>(loop: EventLoop, host: VirtualHost, steps: RunSteps<T>): T {
  let result = steps.next();
  while (result.done !== true) {
    const future = loop._beginUntilComplete(result.value);
    runToStop(loop, host);
    future.removeDoneCallback(loop._stopWhenDone);
    let outcome: unknown;
    try {
      outcome = loop._outcome(future);
    } catch (error) {
      result = steps.throw(error);
      continue;
    }
    result = steps.next(outcome);
  }
  return result.value;
}

function runToStop(loop: EventLoop, host: VirtualHost): void {
  loop._begin();
  try {
    for (;;) {
      const outcome = loop._slice(Infinity, Infinity);
      if (outcome === STOPPED) return;
      if (outcome === IDLE) jump(loop, host);
    }
  } catch (error) {
    throw loop._core.fault(error);
  } finally {
    loop._end();
  }
}

function jump(loop: EventLoop, host: VirtualHost): void {
  const deadline = loop._core.timerDeadline();
  if (deadline === Infinity) throw deadlockError(loop);
  host.jumpTo(deadline);
}
