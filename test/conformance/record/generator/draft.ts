import type { Block, Definition, Expression, Statement } from "../../format.js";
import type { Profile } from "./profile.js";
import type { Random } from "./random.js";
import type { Move, Region } from "./region.js";
import type { Scope } from "./scope.js";

/** Kinds of objects that functions share through global registers. */
export type ObjectKind =
  | "barrier"
  | "bounded"
  | "condition"
  | "counter"
  | "event"
  | "future"
  | "generator"
  | "handle"
  | "lock"
  | "priority"
  | "queue"
  | "semaphore"
  | "task";

/** A program while it is being made: its functions, shared objects and the names in use. */
export class Draft {
  readonly coros: Record<string, Definition> = {};
  readonly agens: Record<string, Definition> = {};
  readonly cbs: Record<string, Definition> = {};
  /** Makes the shared objects; runs before anything else. */
  readonly setup: Statement[] = [];
  /** Statements this program may still get. */
  budget: number;
  /** Coroutines with one parameter, a number, and the level they are at. */
  readonly workers = new Map<string, number>();

  /** A callback's body is being made; it must not refer to itself. */
  openCallback = false;

  readonly random: Random;
  readonly profile: Profile;
  readonly #moves: readonly Move[];
  readonly #focus: Region;
  readonly #registers = new Map<ObjectKind, string[]>();
  /** Registers that may be read before they are set. */
  readonly #uncertain = new Set<string>();
  #events = 0;
  #locals = 0;

  /** `moves` are those of the profile's regions, weighted; `focus` is the region of its main subject. */
  constructor(random: Random, profile: Profile, moves: readonly Move[], focus: Region) {
    this.random = random;
    this.profile = profile;
    this.#moves = moves;
    this.#focus = focus;
    this.budget = random.int(30, 80);
  }

  // Names

  /** The next id of a trace event: a, b, …, z, aa, ab, … */
  event(): string {
    let id = "";
    for (let n = this.#events++; n >= 0; n = Math.floor(n / 26) - 1) id = String.fromCharCode(97 + (n % 26)) + id;
    return id;
  }

  local(): string {
    return `_v${this.#locals++}`;
  }

  // Shared objects

  /** Makes a shared object before the program's tasks start. */
  create(kind: ObjectKind, register: string, expression: Expression): void {
    this.setup.push(["let", register, expression]);
    this.declare(kind, register);
  }

  declare(kind: ObjectKind, register: string, uncertain = false): void {
    const known = this.#registers.get(kind) ?? [];
    if (!known.includes(register)) this.#registers.set(kind, [...known, register]);
    if (uncertain) this.#uncertain.add(register);
  }

  has(kind: ObjectKind): boolean {
    return this.#registers.has(kind);
  }

  /** A reference to one of the shared objects of a kind, which must exist. */
  any(kind: ObjectKind): string {
    return `$${this.random.pick(this.#registers.get(kind) ?? [])}`;
  }

  /** `body`, kept from running while a register it needs is unset. */
  guarded(references: readonly Expression[], body: Block): Block {
    const doubtful = references.filter(
      (reference) => typeof reference === "string" && this.#uncertain.has(reference.slice(1)),
    );
    return [...new Set(doubtful)].reduce<Block>((block, reference) => [["if", ["ne", reference, null], block]], body);
  }

  // Small values

  duration(): number {
    return this.random.chance(0.94) ? this.random.pick(this.profile.durations) : this.random.pick([-1, 0, 6]);
  }

  /** A delay for something that should often, but not always, expire. */
  patience(): number {
    return this.random.chance(0.8) ? this.random.pick(this.profile.durations) : this.random.pick([-1, 0, 1, 3, 5]);
  }

  value(): Expression {
    return this.random.pick([0, 1, 2, 3, "x", "y", null, true]);
  }

  message(): string {
    return this.random.pick(["m1", "m2", "bye"]);
  }

  /** `[message]` or nothing, to be spread into an operation whose message is optional. */
  maybeMessage(): string[] {
    return this.random.chance(0.5) ? [this.message()] : [];
  }

  // Statements

  trace(...values: Expression[]): Statement {
    return ["trace", this.event(), ...values];
  }

  /** Evaluates and records; how much of an error is swallowed varies. */
  record(expression: Expression, register?: string): Statement {
    const { op } = this.random.weighted([
      { weight: 58, op: "c" },
      { weight: 34, op: "t" },
      { weight: 8, op: "ca" },
    ]);
    return [op, this.event(), expression, ...(register === undefined ? [] : [register])];
  }

  /** Evaluates and records an operation that is expected to fail now and then. */
  probe(expression: Expression, register?: string): Statement {
    const op = this.random.chance(0.93) ? "c" : "t";
    return [op, this.event(), expression, ...(register === undefined ? [] : [register])];
  }

  sleep(): Statement {
    return this.record(["sleep", this.duration()]);
  }

  /** Some statements fit for `scope`, never none. */
  block(scope: Scope, count = this.random.int(1, 3)): Block {
    const body: Statement[] = [];
    for (let made = 0; made < count && (this.budget > 0 || made === 0); made++) body.push(...this.#step(scope));
    return body;
  }

  /** Statements about the main subject, which suspend if any of them does. */
  focused(scope: Scope): Block {
    const fitting = this.#focus.moves.filter((move) => move.allowed?.(this, scope) ?? true);
    const suspending = fitting.filter((move) => move.allowed !== undefined);
    return this.random.weighted(suspending.length > 0 ? suspending : fitting).make(this, scope);
  }

  /** Wakes a task that waits for the main subject; nothing where that takes no single statement. */
  wake(): Block {
    return this.#focus.wake === undefined ? [] : [this.#focus.wake(this)];
  }

  #step(scope: Scope): Block {
    this.budget--;
    const fitting = this.#moves.filter((move) => move.allowed?.(this, scope) ?? true);
    return this.random.weighted(fitting).make(this, scope);
  }
}
