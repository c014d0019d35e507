// What is told of objects when they are collected, at the latest when their loop closes, unless it is forgotten before.
import type { EventLoop } from "./eventLoop.js";
import type { ExceptionContext } from "./exceptionHandler.js";

/** Enough to tell of an object that is gone; keeps what it says alive, not the object. */
export interface Ticket {
  readonly made: WeakRef<object>;
  readonly loop: EventLoop;
  readonly context: ExceptionContext;
  /** Those that are told when the same time has come. */
  readonly open: Set<Ticket>;
}

const ticketOf = new WeakMap<object, Ticket>();
const registry = new FinalizationRegistry<Ticket>(tell);

export function watch(made: object, loop: EventLoop, context: ExceptionContext, open: Set<Ticket>): void {
  const ticket: Ticket = { made: new WeakRef(made), loop, context, open };
  open.add(ticket);
  ticketOf.set(made, ticket);
  registry.register(made, ticket, ticket);
}

/** The object is all right. */
export function unwatch(made: object): void {
  const ticket = ticketOf.get(made);
  if (ticket !== undefined) take(ticket);
}

function take(ticket: Ticket): boolean {
  registry.unregister(ticket);
  return ticket.open.delete(ticket);
}

/** Tells the loop's exception handler, once. */
export function tell(ticket: Ticket): void {
  if (take(ticket)) ticket.loop.callExceptionHandler(ticket.context);
}
