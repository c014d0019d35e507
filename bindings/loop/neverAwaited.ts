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
  const ticket = openTicket(name || "anonymous");
  if (ticket === null) return generator;
  const watched = noticeStart(generator, ticket);
  Object.setPrototypeOf(watched, Object.getPrototypeOf(generator) as object);
  attach(watched, ticket);
  return watched;
}

function* noticeStart(generator: AnyGenerator, ticket: Ticket): AnyGenerator {
  closeTicket(ticket);
  return yield* generator;
}

/** A coroutine of the library's own that is no generator; it calls forgetStart when it begins. */
export function watchOperation(operation: object): void {
  const name = operation.constructor.name;
  const ticket = openTicket(name.charAt(0).toLowerCase() + name.slice(1));
  if (ticket !== null) attach(operation, ticket);
}

/** The coroutine begins, or is closed before it begins, on purpose. */
export function forgetStart(made: object): void {
  const ticket = ticketOf.get(made);
  if (ticket !== undefined) closeTicket(ticket);
}

function openTicket(name: string): Ticket | null {
  const loop = running.loop?._debug === true ? running.loop : [...debugLoops].at(-1);
  if (loop === undefined) return null;
  const ticket: Ticket = { name, source: callStack(), loop };
  const open = tickets.get(loop);
  if (open === undefined) tickets.set(loop, new Set([ticket]));
  else open.add(ticket);
  return ticket;
}

function attach(made: object, ticket: Ticket): void {
  ticketOf.set(made, ticket);
  registry.register(made, ticket);
}

function closeTicket(ticket: Ticket): void {
  tickets.get(ticket.loop)?.delete(ticket);
}

export function reportNeverAwaited(loop: EventLoop): void {
  const open = tickets.get(loop);
  if (open === undefined) return;
  tickets.delete(loop);
  for (const ticket of open) report(ticket);
}
