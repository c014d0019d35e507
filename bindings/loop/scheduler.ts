// The loop as a guest of its host's event loop: when it wakes, how long it may run, how it falls asleep.
//
//           runForever                    callSoon, setResult, …           nothing ready
//   stopped ──────────▶ waking (a wake is due) ──────────▶ in a slice ──────────▶ asleep (a timer may wake it)
//      ▲                   ▲         ▲                        │  │                     │
//      │                   │         └──── slice used up ─────┘  │                     │
//      └───── stop() ──────┼─────────────────────────────────────┘                     │
//                          └──────────────── pushed to from outside, timer due ────────┘
import { InternalError, RuntimeError } from "../errors/errors.js";
import { takeSnapshot, type Snapshot, type Store } from "../hosts/asyncLocalStorage.js";
import type { Host } from "../hosts/host.js";
import { enterCurrent, leaveCurrent } from "../context/current.js";
import { Core } from "../wasm/core.js";
import { driveInDebug } from "./debug.js";
import { drive, IDLE, SLICE_USED, STOPPED, type Drivable, type Outcome } from "./driver.js";
import { handOver } from "./foreign.js";
import { isLoopOnStack, running } from "./running.js";
import { DONE } from "./suspension.js";
import { Unretrieved } from "./unretrieved.js";
import type { EventLoop } from "./eventLoop.js";

/** A time to nap to that never comes: the host's timer for it keeps the process alive. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** Ends a slice where the clock stands still. */
const SLICE_STEPS = 10_000;

interface Run {
  resolve(): void;
  reject(error: unknown): void;
}

export abstract class Scheduler implements Drivable {
  /** @internal */
  readonly _core: Core;
  /** @internal */
  readonly _host: Host;
  /** @internal */
  declare _now: number;
  /** @internal */
  declare _tickDue: boolean;
  /** @internal */
  declare _stopping: boolean;
  /** @internal */
  declare _credit: number;
  /** @internal */
  declare _steps: number;
  /** @internal Debug mode, see debug.ts. */
  declare _debug: boolean;
  /** @internal Whoever makes something ready outside of a slice has to rouse the loop: it is napping, or foreign. */
  declare _asleep: boolean;
  /** @internal A subclass schedules callbacks itself; see foreign.ts. */
  abstract readonly _isForeign: boolean;
  /** @internal Running, with nothing ready and no wake due. */
  declare _isNapping: boolean;
  /** @internal Called when the loop is idle without a timer and its host says that nothing can wake it. */
  declare _onDeadlock: (() => void) | null;
  /** @internal Foreign promises that something here waits for: each may still make the loop go on. */
  declare _outstanding: number;
  /** @internal Waits for what does not keep a process alive by itself, signals; while the loop runs, it does that. */
  declare _holdsProcess: boolean;
  /** @internal */
  readonly _unretrieved: Unretrieved;
  /** @internal The stores whose value a task keeps from its creation; see tasks/propagation.ts. */
  declare _propagate: readonly Store<unknown>[] | null;
  /** @internal The state of AsyncLocalStorage in which the loop was made and always runs, whoever wakes it. */
  readonly _snapshot: Snapshot | null;
  /** @internal Whether to look for a deadlock when nothing is ready and no timer is set. */
  declare _detectsDeadlock: boolean;
  private readonly timeSlice: number;
  /** Milliseconds and steps that wakes by microtask have used since the last macrotask; they share one slice. */
  declare private usedTime: number;
  declare private usedSteps: number;
  declare private activeRun: Run | null;
  /** Outdates a look for a deadlock that was planned in an earlier nap. */
  declare private naps: number;
  declare private closed: boolean;

  constructor(host: Host, timeSlice: number) {
    this._core = new Core();
    this._host = host;
    this._now = host.now();
    this._tickDue = false;
    this._stopping = false;
    this._credit = 0;
    this._steps = 0;
    this._debug = false;
    this._asleep = false;
    this._isNapping = false;
    this._onDeadlock = null;
    this._outstanding = 0;
    this._holdsProcess = false;
    this._unretrieved = new Unretrieved(this as unknown as EventLoop);
    this._propagate = null;
    this._snapshot = takeSnapshot();
    this._detectsDeadlock = host.detectsDeadlock === true;
    this.timeSlice = timeSlice;
    // -0 is a double from the start. A field that holds a small integer first and a fraction later gives every loop after
    // the first run a hidden class that the kept loop (shapes.ts) does not have, and each major GC then ends the driver's code.
    this.usedTime = -0;
    this.usedSteps = 0;
    this.activeRun = null;
    this.naps = 0;
    this.closed = false;
  }

  /** The host's clock in milliseconds; it never goes back. */
  time(): number {
    return this._readClock();
  }

  /** From the start to the end of a run, between batches too. */
  isRunning(): boolean {
    return this.activeRun !== null || running.active.has(this as unknown as EventLoop);
  }

  isClosed(): boolean {
    return this.closed;
  }

  /** Ends the run after the current iteration. */
  stop(): void {
    this._stopping = true;
    this._tickDue = true;
    if (!this.closed) this._rouse();
  }

  /** Runs until stop(). The promise rejects only with an InternalError, or when the loop can not be run. */
  runForever(): Promise<void> {
    this._begin();
    return new Promise((resolve, reject) => {
      this.activeRun = { resolve, reject };
      this._host.wakeSoon(this.wakeSoon, this.isSliceUsed());
    });
  }

  /** @internal */
  _readClock(): number {
    return (this._now = this._host.now());
  }

  /** @internal */
  _checkClosed(): void {
    if (this.closed) throw new RuntimeError("Event loop is closed; make another one, or let run() make it");
  }

  /** @internal */
  _checkRunnable(): void {
    this._checkClosed();
    if (this.isRunning()) throw new RuntimeError("This event loop is already running");
    if (isLoopOnStack()) {
      throw new RuntimeError("Cannot run the event loop while another loop is running: a loop is on the stack here");
    }
  }

  /** @internal A run begins: driven by the host (runForever) or by the caller (runVirtual). */
  _begin(): void {
    this._checkRunnable();
    running.active.add(this as unknown as EventLoop);
  }

  /** @internal Runs for ever, uncounted among the programs of this thread. */
  _runInBackground(): void {
    void this.runForever();
    running.active.delete(this as unknown as EventLoop);
  }

  /** @internal */
  _end(): void {
    this.activeRun = null;
    this._setNapping(false);
    this._stopping = false;
    this._host.cancelWake();
    running.active.delete(this as unknown as EventLoop);
  }

  /** @internal Something became ready, or stop() was called, outside of a slice. */
  _rouse(): void {
    this._checkClosed();
    if (this._isForeign) {
      handOver(this as unknown as EventLoop);
      if (!this._stopping && !this._core.isReady() && this._core.timersPending() === 0) return;
    }
    if (!this._isNapping) return;
    this._setNapping(false);
    this._host.wakeSoon(this.wakeSoon, this.isSliceUsed());
  }

  /** @internal Runs iterations with this loop as the running one. */
  _slice(until: number, steps: number): Outcome {
    enterCurrent();
    const outer = running.loop;
    running.loop = this as unknown as EventLoop;
    try {
      return this._debug ? driveInDebug(this as unknown as EventLoop, until, steps) : drive(this, until, steps);
    } finally {
      running.loop = outer;
      leaveCurrent();
      DONE.value = undefined;
      this._core.returnSpare();
      this._unretrieved.watchRecent();
    }
  }

  protected markClosed(): void {
    if (this.isRunning())
      throw new RuntimeError("Cannot close a running event loop; stop() it and await its run first");
    this.closed = true;
    // Whoever would make something ready is told, as a loop that is asleep would be.
    this._asleep = true;
  }

  private isSliceUsed(): boolean {
    return this.usedTime >= this.timeSlice || this.usedSteps >= SLICE_STEPS;
  }

  private readonly wakeSoon = (): void => {
    if (this.isSliceUsed()) this.startTurn();
    this.wake();
  };

  private readonly wakeByTimer = (): void => {
    if (!this._isNapping) return;
    this._setNapping(false);
    this.startTurn();
    this.wake();
  };

  /** @internal */
  _setNapping(isNapping: boolean): void {
    this._isNapping = isNapping;
    this._asleep = isNapping || this._isForeign;
  }

  private startTurn(): void {
    this.usedTime = 0;
    this.usedSteps = 0;
  }

  private wake(): void {
    if (this.activeRun === null) return;
    if (this._snapshot === null) this._runActive();
    else this._snapshot(this._runActive);
  }

  /** @internal */
  readonly _runActive = (): void => this.runSlice(this.activeRun!);

  private runSlice(run: Run): void {
    let outcome: Outcome;
    try {
      const start = this._readClock();
      outcome = this._slice(start + this.timeSlice - this.usedTime, SLICE_STEPS - this.usedSteps);
      this.usedTime = outcome === SLICE_USED ? this.timeSlice : this.usedTime + this._now - start;
      this.usedSteps += this._steps;
      if (outcome === IDLE) this._fallAsleep();
    } catch (error) {
      this._endWith(this.asOurFault(error));
      return;
    }
    if (outcome === SLICE_USED) this._host.wakeSoon(this.wakeSoon, true);
    else if (outcome === STOPPED) {
      this._end();
      run.resolve();
    }
  }

  /** @internal Ends the run, which rejects. */
  _endWith(error: unknown): void {
    const run = this.activeRun;
    this._end();
    run?.reject(error);
  }

  /** @internal */
  _fallAsleep(): void {
    this._setNapping(true);
    const deadline = this._core.timerDeadline();
    const isHeld = this._holdsProcess && deadline === Infinity && running.active.has(this as unknown as EventLoop);
    this._host.wakeAt(isHeld ? NEVER : deadline, this.wakeByTimer);
    if (deadline === Infinity && this._detectsDeadlock) {
      const nap = ++this.naps;
      this._host.wakeSoon(() => this.checkDeadlock(nap), true);
    }
  }

  /** Microtasks and one macrotask have passed: either something has woken the loop meanwhile, or nothing ever will. */
  private checkDeadlock(nap: number): void {
    if (!this._isNapping || nap !== this.naps || this._outstanding > 0) return;
    if (this._core.timerDeadline() !== Infinity) return;
    this._onDeadlock?.();
  }

  private asOurFault(error: unknown): unknown {
    const fault = this._core.fault(error);
    if (fault instanceof InternalError || fault instanceof RangeError) return fault;
    return new InternalError("an exception escaped the driver", { cause: error });
  }
}
