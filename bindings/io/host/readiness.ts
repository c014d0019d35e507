// addReader and addWriter: a callback as long as a stream of the host is ready, as selectors report a descriptor.
import { copyBindings } from "../../context/context.js";
import { checkCallback, describe } from "../../errors/checks.js";
import { RuntimeError } from "../../errors/errors.js";
import type { Attached, EventLoop } from "../../loop/eventLoop.js";
import { Handle, type Callback } from "../../loop/handle.js";
import { attach, detach } from "./attached.js";
import { isWatched } from "../transports/socketEvents.js";
import type { ReadableLike, WritableLike } from "./streams.js";

interface Emitter {
  on(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
  readonly destroyed?: boolean;
}

/** Called in each iteration in which its stream is ready, until it is cancelled. */
abstract class Watch<S extends object> extends Handle implements Attached {
  protected readonly watched: S & Emitter;

  constructor(loop: EventLoop, stream: S, callback: Callback, args: readonly unknown[]) {
    super(loop, callback, args, copyBindings());
    this.watched = stream as S & Emitter;
    attach(loop, this);
  }

  protected abstract readonly events: readonly string[];
  protected abstract isReady(): boolean;

  begin(): void {
    for (const event of this.events) this.watched.on(event, this.onEvent);
    if (this.isReady()) this.schedule();
  }

  end(): void {
    this.cancel();
    for (const event of this.events) this.watched.off(event, this.onEvent);
    detach(this._loop, this);
  }

  /** @internal */
  _loopClosed(): void {
    this.end();
  }

  /** The last event of a stream tells of its end, and counts whatever isReady() says. */
  private readonly onEvent = (): void => this.schedule();

  private schedule(): void {
    if (this._slot !== 0 || this.cancelled()) return;
    this._slot = this._loop._core.openCallback(this);
    if (this._loop._asleep) this._loop._rouse();
  }

  /** @internal */
  override _run(): void {
    super._run();
    if (!this.cancelled() && this.isReady()) this.schedule();
  }
}

class ReadWatch extends Watch<ReadableLike> {
  protected readonly events = ["readable", "end"];

  protected isReady(): boolean {
    return this.watched.readableLength > 0;
  }
}

class WriteWatch extends Watch<WritableLike> {
  protected readonly events = ["drain"];

  protected isReady(): boolean {
    const { watched } = this;
    return watched.destroyed !== true && watched.writableLength < watched.writableHighWaterMark;
  }
}

type Registry = WeakMap<EventLoop, Map<object, Watch<object>>>;

const readers: Registry = new WeakMap();
const writers: Registry = new WeakMap();

function watchesOf(registry: Registry, loop: EventLoop): Map<object, Watch<object>> {
  let watches = registry.get(loop);
  if (watches === undefined) registry.set(loop, (watches = new Map()));
  return watches;
}

function checkUnused(stream: object): void {
  if (isWatched(stream)) throw new RuntimeError(`${describe(stream)} is used by a transport; use that instead`);
}

function replace(registry: Registry, stream: object, watch: Watch<object>): void {
  const watches = watchesOf(registry, watch._loop);
  watches.get(stream)?.end();
  watches.set(stream, watch);
  watch.begin();
}

function remove(registry: Registry, loop: EventLoop, stream: object): boolean {
  const watches = watchesOf(registry, loop);
  watches.get(stream)?.end();
  return watches.delete(stream);
}

/**
 * Calls `callback(...args)` in each iteration in which `stream`, a Readable of the host, has something to `read()`, and
 * once at its end. It takes the place of the callback that was there.
 */
export function addReader<A extends unknown[]>(
  this: EventLoop,
  stream: ReadableLike,
  callback: (...args: A) => unknown,
  ...args: A
): void {
  checkCallback(callback, "addReader");
  if (typeof (stream as ReadableLike | null)?.read !== "function") {
    throw new TypeError(`addReader expects a Readable of the host, got ${describe(stream)}`);
  }
  checkUnused(stream);
  replace(readers, stream, new ReadWatch(this, stream, callback, args));
}

/** Calls `callback(...args)` in each iteration in which `stream`, a Writable of the host, takes more. */
export function addWriter<A extends unknown[]>(
  this: EventLoop,
  stream: WritableLike,
  callback: (...args: A) => unknown,
  ...args: A
): void {
  checkCallback(callback, "addWriter");
  if (typeof (stream as WritableLike | null)?.write !== "function") {
    throw new TypeError(`addWriter expects a Writable of the host, got ${describe(stream)}`);
  }
  checkUnused(stream);
  replace(writers, stream, new WriteWatch(this, stream, callback, args));
}

/** Whether there was a callback to take away. */
export function removeReader(this: EventLoop, stream: ReadableLike): boolean {
  return remove(readers, this, stream);
}

/** Whether there was a callback to take away. */
export function removeWriter(this: EventLoop, stream: WritableLike): boolean {
  return remove(writers, this, stream);
}
