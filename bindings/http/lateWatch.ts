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
 * A request that is watched later. Once it is answered both are `null`: everything that hangs on a request would otherwise
 * outlive it by milliseconds, and be copied by the garbage collector instead of forgotten.
 */
export interface Pending {
  task: Future<unknown> | null;
  request: RequestLike | null;
}

/** Takes the requests of one loop. */
export function lateWatch(loop: EventLoop): (pending: Pending) => void {
  /** Since the last look, and before it. */
  let young: Pending[] = [];
  let old: Pending[] = [];
  let isLooking = false;
  const lookLater = (): void => {
    isLooking = true;
    loop.callLater(WATCH_AFTER_MS, look);
  };
  const look = (): void => {
    for (const { task, request } of old) if (task !== null) watch(task, request!);
    old = young.filter(({ task }) => task !== null);
    young = [];
    isLooking = false;
    if (old.length > 0) lookLater();
  };
  return (pending) => {
    young.push(pending);
    if (!isLooking) lookLater();
  };
}

/** Cancels the task when the request's signal aborts, now if it has. */
export function watch(task: Future<unknown>, request: RequestLike): void {
  const signal = request.signal ?? undefined;
  checkSignal(signal, "a request");
  if (signal !== undefined) cancelOnAbort(task, signal);
}
