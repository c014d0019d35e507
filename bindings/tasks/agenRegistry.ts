// Async generators that were begun and have not ended: closed when nobody can reach them any more, at the latest when
// their loop shuts down.
import type { EventLoop } from "../loop/eventLoop.js";
import type { AgenBody, AsyncGeneratorObject } from "./asyncGenerator.js";

const open = new WeakMap<EventLoop, Set<AgenBody>>();

/** How to close a body whose public object is gone; filled by the layer that can make tasks. */
let closeAbandoned: (loop: EventLoop, body: AgenBody) => void = () => {};

export function fillCloseAbandoned(close: (loop: EventLoop, body: AgenBody) => void): void {
  closeAbandoned = close;
}

const registry = new FinalizationRegistry<AgenBody>((body) => {
  const { loop } = body;
  if (loop === null || open.get(loop)?.delete(body) !== true || loop.isClosed()) return;
  closeAbandoned(loop, body);
});

export function watchAgen(agen: AsyncGeneratorObject<unknown, never>): void {
  const body = agen._body;
  const loop = body.loop!;
  let bodies = open.get(loop);
  if (bodies === undefined) open.set(loop, (bodies = new Set()));
  bodies.add(body);
  registry.register(agen, body, body);
}

export function forgetAgen(body: AgenBody): void {
  if (body.loop === null || open.get(body.loop)?.delete(body) !== true) return;
  registry.unregister(body);
}

/** Those still open on `loop`, in the order of their first iteration; they are forgotten. */
export function takeOpenAgens(loop: EventLoop): AgenBody[] {
  const bodies = [...(open.get(loop) ?? [])];
  for (const body of bodies) forgetAgen(body);
  return bodies;
}
