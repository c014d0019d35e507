import type { Host } from "./host.js";
import { TimerHost } from "./timerHost.js";

/** Node, and by the same globals Deno and Bun. */
export function nodeHost(): Host {
  return new TimerHost((wake) => void setImmediate(wake));
}
