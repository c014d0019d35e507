import { ENTRY_CALLBACK, ENTRY_SHIFT, KIND_CALLBACK } from "../../assembly/codes.js";
import type { Bindings, Context } from "../context/context.js";
import { noteSource } from "../loop/debug.js";
import { Handle, type Callback } from "../loop/handle.js";
import type { Future } from "./future.js";
import { addWaiter } from "./waiters.js";

/** A callback waiting for a Future; once the Future settles it is a handle like any other in the ready ring. */
export class DoneCallback extends Handle {
  /** @internal */
  constructor(future: Future<never>, callback: Callback, context: Bindings | Context) {
    super(future._loop, callback, [future], context);
    this._slot = future._loop._core.take(KIND_CALLBACK, this);
    try {
      addWaiter(future, this.entry());
    } catch (error) {
      future._loop._core.release(this._slot);
      throw error;
    }
    if (this._loop._debug) noteSource(this);
  }

  /** @internal */
  override get _isOwn(): boolean {
    return false;
  }

  /** @internal Its entry in the ready ring, by which the core knows it as a waiter. */
  entry(): number {
    return (this._slot << ENTRY_SHIFT) | ENTRY_CALLBACK;
  }
}
