// Which host this is; the only place that looks around.
import { browserHost } from "./browser.js";
import { edgeHost } from "./edge.js";
import type { Host } from "./host.js";
import { nodeHost } from "./node.js";

/** In workerd timers and I/O belong to the request that made them. */
export function isWorkerd(): boolean {
  return (globalThis as { WebSocketPair?: unknown }).WebSocketPair !== undefined;
}

export function makeHost(): Host {
  if (isWorkerd()) return edgeHost();
  if (typeof setImmediate === "function") return nodeHost();
  const isBrowser =
    typeof document === "object" || typeof (globalThis as { importScripts?: unknown }).importScripts === "function";
  return isBrowser ? browserHost() : edgeHost();
}
