// Async generators that were begun and have not ended: closed when nobody can reach them any more, at the latest when
// their loop shuts down.
import type { EventLoop } from "../loop/eventLoop.js";
import type { AnyGenerator, Coroutine } from "./coroutine.js";

/** What is left of an async generator when its public object is gone. */
export interface OpenAgen {
  /** Where it was begun. */
  readonly loop: EventLoop | null;
  readonly generator: AnyGenerator;
  close(): Coroutine<void>;
}

const open = new WeakMap<EventLoop, Set<OpenAgen>>();

/** How to close a body whose public object is gone; filled by the layer that can make tasks. */
let closeAbandoned: (loop: EventLoop, body: OpenAgen) => void = () => {};

export function fillCloseAbandoned(close: (loop: EventLoop, body: OpenAgen) => void): void {
  closeAbandoned = close;
}

const registry = new FinalizationRegistry<OpenAgen>((body) => {
  const { loop } = body;
  if (loop === null || open.get(loop)?.delete(body) !== true || loop.isClosed()) return;
  closeAbandoned(loop, body);
});

/** `agen` is the public object of `body`, whose loop is set. */
export function watchAgen(agen: object, body: OpenAgen): void {
  const loop = body.loop!;
  let bodies = open.get(loop);
  if (bodies === undefined) open.set(loop, (bodies = new Set()));
  bodies.add(body);
  registry.register(agen, body, body);
}

export function forgetAgen(body: OpenAgen): void {
  if (body.loop === null || open.get(body.loop)?.delete(body) !== true) return;
  registry.unregister(body);
}

/** Those still open on `loop`, in the order of their first iteration; they are forgotten. */
export function takeOpenAgens(loop: EventLoop): OpenAgen[] {
  const bodies = [...(open.get(loop) ?? [])];
  for (const body of bodies) forgetAgen(body);
  return bodies;
}
