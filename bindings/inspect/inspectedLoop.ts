import { EventLoop, type EventLoopOptions } from "../loop/eventLoop.js";
import { withInstance } from "../wasm/instantiate.js";
import { makeDebugCore } from "./debugCore.js";
import type { Inspector } from "./pictures.js";

const inspectors = new WeakMap<EventLoop, Inspector>();

/**
 * Makes a loop on the debug core, which checks itself with every call and can say what is in it; several times slower
 * than the other. A `loopFactory` as it is: `run(main, { loopFactory: inspectedLoop })`.
 */
export function inspectedLoop(options?: EventLoopOptions): EventLoop {
  const { exports, inspector } = makeDebugCore();
  const loop = withInstance(exports, () => new EventLoop(options));
  inspectors.set(loop, inspector);
  return loop;
}

/** @internal Asks the debug core of `loop`; `null` when it stands on another build. */
export function askInspector<T>(loop: EventLoop, ask: (inspector: Inspector) => T): T | null {
  const inspector = inspectors.get(loop);
  if (inspector === undefined) return null;
  try {
    return ask(inspector);
  } catch (error) {
    throw loop._core.fault(error);
  } finally {
    // An answer may have needed more memory, and then the loop's own view is detached.
    loop._core.refresh();
  }
}
