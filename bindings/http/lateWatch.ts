// Whether a request's client has gone, for server adapters that make the request's signal when it is first read.
//
// An AbortController costs Node 20 as much as half of a small request. Most requests are answered before anybody could
// have gone away, so the signal is read only for those that are still pending after a while. It tells of an abort that
// came before it was read.
import type { Future } from "../futures/future.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { cancelOnAbort, checkSignal } from "../tasks/abort.js";
import type { RequestLike } from "./toFetchHandler.js";

/** A request is watched once it has been pending for this many milliseconds, and before twice as many. */
const WATCH_AFTER_MS = 5;

/**
 * A request that is watched later. Once it is answered it must let go: everything that hangs on a request would outlive it
 * by milliseconds, and be copied by the garbage collector instead of forgotten.
 */
export class Pending {
  declare private task: Future<unknown> | null;
  declare private request: RequestLike | null;

  constructor(task: Future<unknown>, request: RequestLike) {
    this.task = task;
    this.request = request;
  }

  isAnswered(): boolean {
    return this.task === null;
  }

  answered(): void {
    this.task = null;
    this.request = null;
  }

  watch(): void {
    if (this.task !== null) watch(this.task, this.request!);
  }
}

/** The requests of one loop. */
export class LateWatch {
  readonly loop: EventLoop;
  /** Since the last look, and before it. */
  private young: Pending[];
  private old: Pending[];
  private isLooking: boolean;

  constructor(loop: EventLoop) {
    this.loop = loop;
    this.young = [];
    this.old = [];
    this.isLooking = false;
  }

  add(pending: Pending): void {
    this.young.push(pending);
    if (!this.isLooking) this.lookLater();
  }

  private lookLater(): void {
    this.isLooking = true;
    this.loop.callLater(WATCH_AFTER_MS, this.look);
  }

  private readonly look = (): void => {
    for (const pending of this.old) pending.watch();
    this.old = this.young.filter((pending) => !pending.isAnswered());
    this.young = [];
    this.isLooking = false;
    if (this.old.length > 0) this.lookLater();
  };
}

/** Cancels the task when the request's signal aborts, now if it has. */
export function watch(task: Future<unknown>, request: RequestLike): void {
  const signal = request.signal ?? undefined;
  checkSignal(signal, "a request");
  if (signal !== undefined) cancelOnAbort(task, signal);
}
