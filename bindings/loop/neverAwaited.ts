// In debug mode: coroutines that were made and never awaited. Reported when the coroutine is collected, at the latest
// when its loop closes.
import { callStack, debugLoops } from "./debug.js";
import type { EventLoop } from "./eventLoop.js";
import { running } from "./running.js";

interface Ticket {
  readonly name: string;
  readonly source: string;
  readonly loop: EventLoop;
}

const tickets = new WeakMap<EventLoop, Set<Ticket>>();

const registry = new FinalizationRegistry<Ticket>((ticket) => {
  if (tickets.get(ticket.loop)?.delete(ticket) === true) report(ticket);
});

function report({ name, source, loop }: Ticket): void {
  loop.callExceptionHandler({ message: `coroutine '${name}' was never awaited`, sourceTraceback: source });
}

type AnyGenerator = Generator<unknown, unknown, unknown>;

/** The same coroutine, its start noticed. */
export function watchStart(generator: AnyGenerator, name: string): AnyGenerator {
  const loop = running.loop?._debug === true ? running.loop : [...debugLoops].at(-1);
  if (loop === undefined) return generator;
  const ticket: Ticket = { name: name || "anonymous", source: callStack(), loop };
  let open = tickets.get(loop);
  if (open === undefined) tickets.set(loop, (open = new Set()));
  open.add(ticket);
  const watched = noticeStart(generator, ticket, open);
  Object.setPrototypeOf(watched, Object.getPrototypeOf(generator) as object);
  registry.register(watched, ticket);
  return watched;
}

function* noticeStart(generator: AnyGenerator, ticket: Ticket, open: Set<Ticket>): AnyGenerator {
  open.delete(ticket);
  return yield* generator;
}

export function reportNeverAwaited(loop: EventLoop): void {
  const open = tickets.get(loop);
  if (open === undefined) return;
  tickets.delete(loop);
  for (const ticket of open) report(ticket);
}
