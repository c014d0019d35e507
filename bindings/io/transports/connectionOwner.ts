import type { Transport } from "./transport.js";

/** Who wants to know that one of its connections is gone. */
export interface ConnectionOwner {
  /** @internal */
  _attachTransport(transport: Transport): void;
  /** @internal */
  _detachTransport(transport: Transport): void;
}
