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
const ticketOf = new WeakMap<object, Ticket>();

const registry = new FinalizationRegistry<Ticket>((ticket) => {
  if (tickets.get(ticket.loop)?.delete(ticket) === true) report(ticket);
});

function report({ name, source, loop }: Ticket): void {
  loop.callExceptionHandler({ message: `coroutine '${name}' was never awaited`, sourceTraceback: source });
}

type AnyGenerator = Generator<unknown, unknown, unknown>;

/** The same coroutine, its start noticed. */
export function watchStart(generator: AnyGenerator, name: string): AnyGenerator {
  const watched = noticeStart(generator);
  Object.setPrototypeOf(watched, Object.getPrototypeOf(generator) as object);
  watch(watched, name || "anonymous");
  return watched;
}

function* noticeStart(generator: AnyGenerator): AnyGenerator {
  forgetStart(this);
  return yield* generator;
}

/** From here on `made` is expected to begin: what calls forgetStart when it does. */
export function watch(made: object, name: string): void {
  const loop = running.loop?._debug === true ? running.loop : [...debugLoops].at(-1);
  if (loop === undefined) return;
  const ticket: Ticket = { name, source: callStack(), loop };
  let open = tickets.get(loop);
  if (open === undefined) tickets.set(loop, (open = new Set()));
  open.add(ticket);
  ticketOf.set(made, ticket);
  registry.register(made, ticket);
}

/** The coroutine begins, or was closed before it began, on purpose. */
export function forgetStart(made: object): void {
  const ticket = ticketOf.get(made);
  if (ticket !== undefined) tickets.get(ticket.loop)?.delete(ticket);
}

export function reportNeverAwaited(loop: EventLoop): void {
  const open = tickets.get(loop);
  if (open === undefined) return;
  tickets.delete(loop);
  for (const ticket of open) report(ticket);
}
