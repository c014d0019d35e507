// Which host this is; the only place that looks around.
import { BrowserHost } from "./browser.js";
import { EdgeHost } from "./edge.js";
import type { Host } from "./host.js";
import { NodeHost } from "./node.js";

/** In workerd timers and I/O belong to the request that made them. */
export function isWorkerd(): boolean {
  return (globalThis as { WebSocketPair?: unknown }).WebSocketPair !== undefined;
}

export function makeHost(): Host {
  if (isWorkerd()) return new EdgeHost();
  if (typeof setImmediate === "function") return new NodeHost();
  const isBrowser =
    typeof document === "object" || typeof (globalThis as { importScripts?: unknown }).importScripts === "function";
  return isBrowser ? new BrowserHost() : new EdgeHost();
}
