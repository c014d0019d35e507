// Async generators that were begun and have not ended: closed when nobody can reach them any more, at the latest when
// their loop shuts down.
import type { EventLoop } from "../loop/eventLoop.js";
import type { AnyGenerator, Coroutine } from "./coroutine.js";
import { openAgens } from "./openAgens.js";

/** What is left of an async generator when its public object is gone. */
export interface OpenAgen {
  /** Where it was begun. */
  readonly loop: EventLoop | null;
  readonly generator: AnyGenerator;
  close(): Coroutine<void>;
}

const registry = new FinalizationRegistry<OpenAgen>((body) => {
  const { loop } = body;
  if (loop === null || openAgens.get(loop)?.delete(body) !== true || loop.isClosed()) return;
  loop.createTask(body.close());
});

/** `agen` is the public object of `body`, whose loop is set. */
export function watchAgen(agen: object, body: OpenAgen): void {
  const loop = body.loop!;
  let bodies = openAgens.get(loop);
  if (bodies === undefined) openAgens.set(loop, (bodies = new Set()));
  bodies.add(body);
  registry.register(agen, body, body);
}

export function forgetAgen(body: OpenAgen): void {
  if (body.loop === null || openAgens.get(body.loop)?.delete(body) !== true) return;
  registry.unregister(body);
}
