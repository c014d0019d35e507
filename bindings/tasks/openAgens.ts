// The async generators that are still open, by loop: all that a shutdown has to know of them.
import type { EventLoop } from "../loop/eventLoop.js";
import type { OpenAgen } from "./agenRegistry.js";

export const openAgens = new WeakMap<EventLoop, Set<OpenAgen>>();

/** Those of `loop`, in the order of their first iteration; they are forgotten. */
export function takeOpenAgens(loop: EventLoop): OpenAgen[] {
  const bodies = [...(openAgens.get(loop) ?? [])];
  openAgens.delete(loop);
  return bodies;
}
