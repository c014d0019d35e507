// From a callback of the host's into the loop, by the shortest way.
import { enterCurrent, leaveCurrent } from "../../context/current.js";
import { InternalError } from "../../errors/errors.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import { running } from "../../loop/running.js";
import type { Payload } from "../../wasm/core.js";

// Nothing comes between a delivery and its run: one place serves all loops.
let deliveredTo: EventLoop | null = null;
let delivered: Payload | null = null;

/**
 * Called with nothing of the program below on the stack: runs `payload` now, as the only entry of an iteration, if the loop
 * naps. Else it has to take its place in the queue, and this is false.
 *
 * A loop that naps has nothing ready, so the order is that of the queue; queue, clock and core are not needed for it, which
 * is most of what a piece of data costs us (docs/decisions/010-io.md).
 */
export function deliver(loop: EventLoop, payload: Payload): boolean {
  if (!loop._isNapping || running.loop !== null || loop._debug || loop._isForeign) return false;
  loop._setNapping(false);
  deliveredTo = loop;
  delivered = payload;
  if (loop._snapshot === null) runDelivered();
  else loop._snapshot(runDelivered);
  return true;
}

function runDelivered(): void {
  const loop = deliveredTo!;
  const payload = delivered!;
  deliveredTo = null;
  delivered = null;
  enterCurrent();
  running.loop = loop;
  try {
    payload._run();
  } catch (error) {
    loop._endWith(new InternalError("an exception escaped a callback of the host", { cause: error }));
    return;
  } finally {
    running.loop = null;
    leaveCurrent();
  }
  if (loop._tickDue || loop._core.isReady()) {
    loop._runActive();
    return;
  }
  loop._core.returnSpare();
  loop._unretrieved.watchRecent();
  loop._fallAsleep();
}
