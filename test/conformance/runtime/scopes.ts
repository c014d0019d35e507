import type { Group, Library, Scope, TaskLike } from "./library.js";

/** The body of a `with` statement; its argument is what the library hands to a scope's body. */
export type ScopeBody = (entered: unknown) => unknown;

/**
 * A scope as a value. In a program a timeout or a task group is made by one expression and entered by another, at
 * most once; the library knows only the form with a body. These classes hold what the expression said and answer
 * for the scope until it is entered, as asyncio's objects do; from then on the real scope answers.
 */
export abstract class ScopeValue<S> {
  protected readonly library: Library;
  #entered = false;
  #scope: S | null = null;

  constructor(library: Library) {
    this.library = library;
  }

  /** Called by the body with what the library gave it. */
  bind(scope: S): void {
    this.#scope = scope;
  }

  enter(body: ScopeBody): unknown {
    if (this.#entered) throw new this.library.RuntimeError("the scope has already been entered");
    this.#entered = true;
    return this.open(body);
  }

  protected abstract open(body: ScopeBody): unknown;

  protected get scope(): S | null {
    return this.#scope;
  }

  protected requireScope(): S {
    if (this.#scope === null) throw new this.library.RuntimeError("the scope has not been entered");
    return this.#scope;
  }
}

export class TimeoutValue extends ScopeValue<Scope> {
  readonly #when: number | null;
  readonly #delay: number | null | undefined;
  readonly #madeAt: number | undefined;

  private constructor(library: Library, when: number | null, delay?: number | null, madeAt?: number) {
    super(library);
    this.#when = when;
    this.#delay = delay;
    this.#madeAt = madeAt;
  }

  /** The delay counts from here, not from where the timeout is entered. */
  static after(library: Library, delay: unknown): TimeoutValue {
    const now = library.getRunningLoop().time();
    if (delay === null || typeof delay === "number") {
      return new TimeoutValue(library, delay === null ? null : now + delay, delay, now);
    }
    throw new TypeError("the delay of a timeout is a number or null");
  }

  static at(library: Library, when: number | null): TimeoutValue {
    return new TimeoutValue(library, when);
  }

  protected override open(body: ScopeBody): unknown {
    const { library } = this;
    if (this.#delay !== undefined && this.#madeAt === library.getRunningLoop().time()) {
      return library.timeout(this.#delay, body);
    }
    return library.timeoutAt(this.#when, body);
  }

  when(): number | null {
    return this.scope === null ? this.#when : this.scope.when();
  }

  expired(): boolean {
    return this.scope !== null && this.scope.expired();
  }

  reschedule(when: number | null): void {
    this.requireScope().reschedule(when);
  }
}

export class TaskGroupValue extends ScopeValue<Group> {
  protected override open(body: ScopeBody): unknown {
    return this.library.taskGroup(body);
  }

  createTask(coroutine: unknown, options: object): TaskLike {
    return this.requireScope().createTask(coroutine, options);
  }
}

interface Enterable {
  with(body: ScopeBody): unknown;
}

/** Enters what a `with` statement names: a scope value, or a lock, condition, semaphore or barrier. */
export function within(manager: unknown, body: ScopeBody): unknown {
  if (manager instanceof ScopeValue) return manager.enter(body);
  if (typeof manager === "object" && manager !== null && !Array.isArray(manager) && "with" in manager) {
    return (manager as Enterable).with(body);
  }
  throw new TypeError("a 'with' statement needs a scope, a lock or a barrier");
}

/** What `with E as reg` binds: the scope itself, the index a barrier gave, and null for locks, whose guard has no counterpart. */
export function entered(manager: unknown, given: unknown): unknown {
  if (manager instanceof ScopeValue) {
    manager.bind(given);
    return manager;
  }
  return typeof given === "number" ? given : null;
}
