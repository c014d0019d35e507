import { checkInteger } from "../errors/checks.js";
import { ValueError } from "../errors/errors.js";
import { BrokenBarrierError } from "../errors/syncErrors.js";
import type { Body, Steps } from "../tasks/awaitable.js";
import { Coroutine } from "../tasks/coroutine.js";
import { checkBody, runBody } from "../tasks/runBody.js";
import { Condition } from "./condition.js";
import { Primitive } from "./primitive.js";

export interface BarrierStatistics {
  readonly parties: number;
  readonly nWaiting: number;
  readonly broken: boolean;
}

//               the last party arrives             everybody has left
//   filling ─────────────────────────────▶ draining ──────────────────▶ filling
//      │  reset() while tasks wait                   everybody has left
//      ├─────────────────────────────────▶ resetting ─────────────────▶ filling
//      └── abort(), from anywhere ───────▶ broken ── reset() ─────────▶ filling, or resetting while tasks wait
type State = "filling" | "draining" | "resetting" | "broken";

/** A meeting point: `wait()` returns when `parties` tasks are in it, and then for all of them. It can be used again. */
export class Barrier extends Primitive {
  /** Every change of state is made under its lock and notified to all. */
  private readonly changed: Condition;
  /** The number of tasks that meet. */
  readonly parties: number;
  declare private state: State;
  /** Tasks inside of `wait()` that have been counted and have not left. */
  declare private inside: number;

  /** TypeError unless `parties` is an integer, ValueError when it is less than 1. */
  constructor(parties: number) {
    checkInteger(parties, "Barrier's parties");
    if (parties < 1)
      throw new ValueError(`Barrier's parties is the number of tasks that meet, 1 or more; got ${parties}`);
    super();
    this.changed = new Condition();
    this.parties = parties;
    this.state = "filling";
    this.inside = 0;
  }

  /** Tasks that wait for the others. */
  get nWaiting(): number {
    return this.state === "filling" ? this.inside : 0;
  }

  /** Whether the barrier was aborted and not reset since. */
  get broken(): boolean {
    return this.state === "broken";
  }

  /**
   * Waits until `parties` tasks are here. Gives each another index, 0 for the first to come. BrokenBarrierError when the
   * barrier is broken, or is aborted or reset meanwhile.
   */
  wait(): Coroutine<number> {
    return this.changed.with(() => this.meet());
  }

  /** Waits as `wait()` does, then runs `body` with the index; gives its result. */
  with<T>(body: Body<T, [index: number]>): Coroutine<T> {
    checkBody(body, "with");
    return new Coroutine(this.meetThen(body));
  }

  /** Makes the barrier usable again; tasks that wait at it get a BrokenBarrierError. */
  reset(): Coroutine<void> {
    return this.changed.with(() => this.change(this.inside > 0 ? "resetting" : "filling"));
  }

  /** Breaks the barrier: who waits at it and who comes from now on gets a BrokenBarrierError, until `reset()`. */
  abort(): Coroutine<void> {
    return this.changed.with(() => this.change("broken"));
  }

  /** A frozen snapshot. */
  statistics(): BarrierStatistics {
    return Object.freeze({ parties: this.parties, nWaiting: this.nWaiting, broken: this.broken });
  }

  protected override describeState(): string {
    return this.broken ? this.state : `${this.state}, waiters:${this.nWaiting}/${this.parties}`;
  }

  private *meetThen<T>(body: Body<T, [index: number]>): Steps<T> {
    const index = yield* this.wait();
    return yield* runBody(body, index);
  }

  /** The lock is held. */
  private *meet(): Steps<number> {
    yield* this.enter();
    const index = this.inside++;
    try {
      if (this.inside === this.parties) this.change("draining");
      else yield* this.untilFull();
      return index;
    } finally {
      this.inside--;
      if (this.inside === 0) this.change(this.broken ? "broken" : "filling");
    }
  }

  /** Who comes while others are still leaving waits for the next round. */
  private *enter(): Steps<void> {
    yield* this.changed.waitFor(() => this.state !== "draining" && this.state !== "resetting");
    if (this.broken)
      throw new BrokenBarrierError("the barrier is broken: it was aborted; reset() makes it usable again");
  }

  private *untilFull(): Steps<void> {
    yield* this.changed.waitFor(() => this.state !== "filling");
    if (this.state === "draining") return;
    throw new BrokenBarrierError(`the barrier was ${this.broken ? "aborted" : "reset"} before all parties had come`);
  }

  private change(state: State): void {
    this.state = state;
    this.changed.notifyAll();
  }
}
