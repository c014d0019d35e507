// A loop's own handlers of the process's signals: each arrives as a callback of the loop.
import { copyContext } from "../../context/context.js";
import { checkCallback } from "../../errors/checks.js";
import { RuntimeError } from "../../errors/errors.js";
import { interruptHandlers, signalProcess, type SignalProcess } from "../../hosts/signalProcess.js";
import type { Attached, EventLoop } from "../../loop/eventLoop.js";
import { isCoroutineFunction, isGeneratorFunction } from "../../tasks/coroutine.js";
import { attach, detach } from "../host/attached.js";
import type { SignalLike } from "./signalLike.js";
import { signalName, signalNumber } from "./signalNumber.js";

/** Bun takes a listener for these without a word. */
const UNCATCHABLE: readonly string[] = ["SIGKILL", "SIGSTOP"];

const ASYNC: readonly unknown[] = [
  Object.getPrototypeOf(async function () {}),
  Object.getPrototypeOf(async function* () {}),
];

/** Calling one of these makes something that nobody would run, or whose failure nobody would see. */
function isAnyCoroutineFunction(fn: unknown): boolean {
  return isCoroutineFunction(fn) || isGeneratorFunction(fn) || ASYNC.includes(Object.getPrototypeOf(fn));
}

/** All handlers of one loop; it belongs to the loop while there are any. */
class LoopSignals implements Attached {
  private readonly loop: EventLoop;
  private readonly host: SignalProcess;
  private readonly listeners = new Map<NodeJS.Signals, () => void>();

  constructor(loop: EventLoop, host: SignalProcess) {
    this.loop = loop;
    this.host = host;
  }

  set(name: NodeJS.Signals, listener: () => void): void {
    try {
      this.host.on(name, listener);
    } catch (cause) {
      throw cannotBeCaught(name, cause);
    }
    const previous = this.listeners.get(name);
    this.listeners.set(name, listener);
    if (previous !== undefined) this.host.removeListener(name, previous);
    else if (name === "SIGINT") interruptHandlers.count++;
    if (this.listeners.size === 1 && previous === undefined) this.begin();
  }

  remove(name: NodeJS.Signals): boolean {
    const listener = this.listeners.get(name);
    if (listener === undefined) return false;
    this.forget(name, listener);
    if (this.listeners.size === 0) this.end();
    return true;
  }

  private forget(name: NodeJS.Signals, listener: () => void): void {
    this.host.removeListener(name, listener);
    this.listeners.delete(name);
    if (name === "SIGINT") interruptHandlers.count--;
  }

  private begin(): void {
    attach(this.loop, this);
    // Virtual time would come to the end of any nap.
    this.loop._holdsProcess = this.loop._host.detectsDeadlock !== true;
    this.napAnew();
  }

  private end(): void {
    detach(this.loop, this);
    this.loop._holdsProcess = false;
    this.napAnew();
  }

  /** Whether the process is kept alive is decided when the loop falls asleep. */
  private napAnew(): void {
    if (this.loop._asleep) this.loop._rouse();
  }

  /** @internal */
  _loopClosed(): void {
    for (const [name, listener] of this.listeners) this.forget(name, listener);
  }
}

const signalsOf = new WeakMap<EventLoop, LoopSignals>();

/**
 * Calls `callback` in an iteration of the loop, in the context of this call, whenever the process gets the signal; what the
 * signal did before, and a handler that this loop had for it, is replaced. Until it is removed, and at the latest until the
 * loop closes. RuntimeError outside of the main thread and for SIGKILL and SIGSTOP.
 */
export function addSignalHandler<A extends unknown[]>(
  this: EventLoop,
  signal: SignalLike,
  callback: (...args: A) => unknown,
  ...args: A
): void {
  checkCallback(callback, "addSignalHandler");
  if (isAnyCoroutineFunction(callback)) {
    throw new TypeError("coroutines cannot be used with addSignalHandler(): pass a function that calls createTask()");
  }
  const host = mainProcess("addSignalHandler");
  const name = signalName(signalNumber(signal, "addSignalHandler()"));
  this._checkClosed();
  if (UNCATCHABLE.includes(name)) throw cannotBeCaught(name);
  let signals = signalsOf.get(this);
  if (signals === undefined) signalsOf.set(this, (signals = new LoopSignals(this, host)));
  const context = copyContext();
  signals.set(name, () => this.callSoonIn(context, callback, ...args));
}

/** The signal does again what it does by default. Whether there was a handler of this loop. */
export function removeSignalHandler(this: EventLoop, signal: SignalLike): boolean {
  mainProcess("removeSignalHandler");
  const name = signalName(signalNumber(signal, "removeSignalHandler()"));
  return signalsOf.get(this)?.remove(name) ?? false;
}

function mainProcess(method: string): SignalProcess {
  const host = signalProcess();
  if (host !== null) return host;
  throw new RuntimeError(`${method}() works only in the main thread of Node, Deno or Bun: here no signals arrive`);
}

function cannotBeCaught(name: NodeJS.Signals, cause?: unknown): RuntimeError {
  return new RuntimeError(`${name} cannot be caught`, cause === undefined ? {} : { cause });
}
