// The life of a program on a loop, in asyncio's order, as steps: each step names a future that has to be run to its end
// next. run() and runVirtual() are two drivers of the same steps, one asynchronous, one synchronous.
import { gather } from "../combinators/gather.js";
import type { Future } from "../futures/future.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { allTasks } from "../tasks/registry.js";

/** Runs one awaitable to its end; what comes back is its outcome, or its error thrown in. */
export type RunSteps<T> = Generator<Future<unknown>, T, unknown>;

/** Cancels what is left, closes async generators and executors, closes the loop; whatever happens, the loop is closed. */
export function* shutdownSteps(loop: EventLoop): RunSteps<void> {
  try {
    yield* cancelLeftovers(loop);
    yield loop.createTask(loop.shutdownAsyncgens());
    yield loop.createTask(loop.shutdownDefaultExecutor());
  } finally {
    loop.close();
  }
}

function* cancelLeftovers(loop: EventLoop): RunSteps<void> {
  const leftovers = [...allTasks(loop)];
  if (leftovers.length === 0) return;
  for (const task of leftovers) task.cancel();
  yield gather(leftovers, { returnExceptions: true });
  for (const task of leftovers) {
    if (task.cancelled()) continue;
    const exception = task.exception();
    if (exception === null) continue;
    loop.callExceptionHandler({ message: "unhandled exception during asyncio.run() shutdown", exception, task });
  }
}

/** Drives steps by the host: each future is awaited while the loop runs. */
export async function takeSteps<T>(loop: EventLoop, steps: RunSteps<T>): Promise<T> {
  let result = steps.next();
  while (result.done !== true) {
    let outcome: unknown;
    try {
      outcome = await loop.runUntilComplete(result.value);
    } catch (error) {
      result = steps.throw(error);
      continue;
    }
    result = steps.next(outcome);
  }
  return result.value;
}
