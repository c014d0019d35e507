import { describe } from "../errors/checks.js";
import { LookupError, RuntimeError, ValueError } from "../errors/errors.js";
import { showAsText } from "../errors/inspectForm.js";
import { Bindings } from "./bindings.js";
import { Context, currentHolder } from "./context.js";
import type { ContextHolder } from "./current.js";

const MISSING = Symbol("missing");

/** What `set` returns: undoes it once, through `reset`. */
export class Token<T> {
  readonly variable: ContextVar<T>;
  /** @internal */
  readonly _old: T | typeof MISSING;
  /** @internal Where the variable was set: a Context, or the task or handle that has a copy of its own. */
  readonly _where: Context | ContextHolder;
  /** @internal */
  declare _used: boolean;

  /** @internal */
  constructor(variable: ContextVar<T>, old: T | typeof MISSING, where: Context | ContextHolder) {
    this.variable = variable;
    this._old = old;
    this._where = where;
    this._used = false;
  }
}

function place(holder: ContextHolder): Context | ContextHolder {
  return holder._context instanceof Context ? holder._context : holder;
}

function bindingsOf(holder: ContextHolder): Bindings {
  return holder._context._context;
}

/** A variable with a value per task: a task sees what was set when it was created, and its own changes stay its own. */
export class ContextVar<in out T> {
  readonly name: string;
  private readonly fallback: T | typeof MISSING;

  constructor(name: string, options?: { default?: T }) {
    if (typeof name !== "string") throw new TypeError(`a ContextVar's name is a string, got ${describe(name)}`);
    this.name = name;
    this.fallback = options !== undefined && "default" in options ? (options.default as T) : MISSING;
  }

  /** The value in the current context; else `fallback`, else the variable's default, else a LookupError. */
  get(): T;
  get<D>(fallback: D): T | D;
  get(...fallback: unknown[]): unknown {
    const bindings = bindingsOf(currentHolder());
    const key = this as ContextVar<unknown>;
    const value = bindings.get(key);
    if (value !== undefined || bindings.has(key)) return value;
    if (fallback.length > 0) return fallback[0];
    if (this.fallback !== MISSING) return this.fallback;
    throw new LookupError(
      `ContextVar '${this.name}' has no value here; set it, or give it a default or get() a fallback`,
    );
  }

  /** Sets the value for the current task, callback or entered Context. */
  set(value: T): Token<T> {
    const holder = currentHolder();
    const bindings = bindingsOf(holder);
    const key = this as ContextVar<unknown>;
    const old = bindings.has(key) ? (bindings.get(key) as T) : MISSING;
    const token = new Token<T>(this, old, place(holder));
    token._where._context = new Bindings(bindings).set(key, value);
    return token;
  }

  /** Puts back what was there before the `set` that returned this token. */
  reset(token: Token<T>): void {
    if (!(token instanceof Token))
      throw new TypeError(`reset expects a Token that set() returned, got ${describe(token)}`);
    if (token._used) throw new RuntimeError("the token has been used already; each set() gives one that resets once");
    if (token.variable !== this) {
      throw new ValueError(`the token was made by ContextVar '${token.variable.name}', not by '${this.name}'`);
    }
    const holder = currentHolder();
    // A task that was asked for its Context since has the same values in it as before.
    if (token._where !== place(holder) && token._where !== holder)
      throw new ValueError("the token was made in another context than the current one");
    const next = new Bindings(bindingsOf(holder));
    const key = this as ContextVar<unknown>;
    if (token._old === MISSING) next.delete(key);
    else next.set(key, token._old);
    place(holder)._context = next;
    token._used = true;
  }

  toString(): string {
    return `<ContextVar name='${this.name}'>`;
  }
}
showAsText(ContextVar);
