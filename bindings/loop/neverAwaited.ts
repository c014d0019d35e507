// In debug mode: coroutines that were made and never awaited. Reported when the coroutine is collected, at the latest
// when its loop closes.
import { callStack, debugLoops } from "./debug.js";
import type { EventLoop } from "./eventLoop.js";
import { running } from "./running.js";
import { tell, unwatch, watch, type Ticket } from "./watched.js";

const open = new Set<Ticket>();

type AnyGenerator = Generator<unknown, unknown, unknown>;

/** The same coroutine, its start noticed. */
export function watchStart(generator: AnyGenerator, name: string): AnyGenerator {
  const watched = noticeStart(generator, () => unwatch(watched));
  Object.setPrototypeOf(watched, Object.getPrototypeOf(generator) as object);
  watchMade(watched, name || "anonymous");
  return watched;
}

function* noticeStart(generator: AnyGenerator, started: () => void): AnyGenerator {
  started();
  return yield* generator;
}

/** A coroutine of the library's own that is no generator; it is unwatched when it begins. */
export function watchOperation(operation: object): void {
  const name = operation.constructor.name;
  watchMade(operation, name.charAt(0).toLowerCase() + name.slice(1));
}

/** The loop is the running one, if that is in debug mode, else the last that was put into it. */
function watchMade(made: object, name: string): void {
  const loop = running.loop?._debug === true ? running.loop : [...debugLoops].at(-1)!;
  watch(made, loop, { message: `coroutine '${name}' was never awaited`, sourceTraceback: callStack() }, open);
}

export function reportNeverAwaited(loop: EventLoop): void {
  for (const ticket of open) if (ticket.loop === loop) tell(ticket);
}
