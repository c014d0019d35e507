// Done callbacks that settle another Future: whoever awaits that one awaits the first one too.
import type { Future } from "./future.js";

export const OUTER = Symbol();

export interface Forwarding {
  (): void;
  /** @internal The Future that it settles. */
  [OUTER]?: Future<unknown>;
}
