// Which loop a call means.
import { RuntimeError } from "../errors/errors.js";
import type { EventLoop } from "./eventLoop.js";

/** @internal */
export const running: {
  /** The loop whose callback or step is on the stack. */
  loop: EventLoop | null;
  /** What setEventLoop was given last. */
  chosen: EventLoop | null;
  /** Loops of this thread whose run has begun and not ended. */
  readonly active: Set<EventLoop>;
} = { loop: null, chosen: null, active: new Set() };

/** The loop whose callback or step is on the stack; RuntimeError when there is none. */
export function getRunningLoop(): EventLoop {
  if (running.loop !== null) return running.loop;
  throw new RuntimeError(
    "no running event loop: getRunningLoop() answers only inside a loop's callbacks and steps. After an `await` of a " +
      "native async function use task.getLoop()",
  );
}

/** The loop that a function takes when it was given none: the running one, else the only one whose run has not ended. */
export function findLoop(): EventLoop {
  if (running.loop !== null) return running.loop;
  if (running.active.size === 1) for (const loop of running.active) return loop;
  if (running.chosen !== null) return running.chosen;
  if (running.active.size > 1) {
    throw new RuntimeError("several event loops are running in this thread; say which one is meant, with task.getLoop()");
  }
  throw new RuntimeError("no event loop: call this inside run(), or pass a loop");
}

/** The running loop, else the one given to setEventLoop, else the only one that runs in this thread. */
export function getEventLoop(): EventLoop {
  return running.loop ?? running.chosen ?? findLoop();
}

/** Makes `loop` the answer of getEventLoop() outside of every loop; `null` forgets it. */
export function setEventLoop(loop: EventLoop | null): void {
  running.chosen = loop;
}
