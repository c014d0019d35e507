// Contexts: immutable bindings, shared until someone sets a variable. Copying one is copying a reference, so every task
// and every handle can have its own.
import { describe } from "../errors/checks.js";
import { RuntimeError } from "../errors/errors.js";
import { Bindings } from "./bindings.js";
import { thread, type ContextHolder } from "./current.js";
import type { ContextVar } from "./contextVar.js";

export type { Bindings };

/** Values of context variables that a task or callback can be run in. */
export class Context implements ContextHolder {
  /** @internal Always bindings; the field is the holder's, so that the lookup is the same for all. */
  declare _context: Bindings;
  declare private entered: boolean;

  constructor() {
    this._context = EMPTY;
    this.entered = false;
  }

  /** Calls `fn` in this context; what it sets stays here. RuntimeError when the context is entered already. */
  run<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): R {
    this._checkEnterable();
    const outer = thread.current.entered;
    thread.current.entered = this;
    this.entered = true;
    try {
      return fn(...args);
    } finally {
      this.entered = false;
      thread.current.entered = outer;
    }
  }

  /** @internal */
  _checkEnterable(): void {
    if (this.entered || thread.current.task?._context === this || thread.current.holder._context === this) {
      throw new RuntimeError("the context is entered already; run in a copy() of it");
    }
  }

  /** The variable's value in this context, `fallback` if it has none; the variable's own default is not looked at. */
  get<T>(variable: ContextVar<T>): T | undefined;
  get<T, D>(variable: ContextVar<T>, fallback: D): T | D;
  get<T>(variable: ContextVar<T>, fallback?: unknown): unknown {
    const key = variable as ContextVar<unknown>;
    return this._context.has(key) ? this._context.get(key) : fallback;
  }

  has<T>(variable: ContextVar<T>): boolean {
    return this._context.has(variable as ContextVar<unknown>);
  }

  /** A context of its own with the same values. */
  copy(): Context {
    return contextOf(this._context);
  }
}

const EMPTY = new Bindings();

function contextOf(bindings: Bindings): Context {
  const context = new Context();
  context._context = bindings;
  return context;
}

/** @internal TypeError unless `context` is one. */
export function checkContext(context: unknown, where: string): void {
  if (context instanceof Context) return;
  throw new TypeError(`${where} expects a Context, as copyContext() gives, got ${describe(context)}`);
}

/** @internal */
export function currentHolder(): ContextHolder {
  return thread.current.entered ?? thread.current.task ?? thread.current.holder;
}

/** @internal A copy of the current context, to be held by a task or handle. */
export function copyBindings(): Bindings {
  return (thread.current.entered ?? thread.current.task ?? thread.current.holder)._context._context;
}

/** @internal The Context a holder runs in, made when asked for. */
export function materialize(holder: ContextHolder): Context {
  if (holder._context instanceof Context) return holder._context;
  return (holder._context = contextOf(holder._context));
}

/** A copy of the current context. */
export function copyContext(): Context {
  return contextOf(copyBindings());
}
