import type { ContextVar } from "./contextVar.js";

/** What context variables are bound to. Never changed once a context has it, so it is shared until someone sets one. */
export class Bindings extends Map<ContextVar<unknown>, unknown> {
  /**
   * @internal A Context has its bindings under this name, and bindings have themselves: whatever a holder has, one load
   * tells its bindings (`instanceof` walks three prototypes: 3 % of a compiled call).
   */
  get _context(): this {
    return this;
  }
}
