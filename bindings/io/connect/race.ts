// Several addresses of one host: one after the other, or staggered (RFC 8305), until one connects.
import type { Socket } from "node:net";
import { ExceptionGroup } from "../../errors/exceptionGroup.js";
import { osErrorOf } from "../../errors/hostError.js";
import { OSError } from "../../errors/osError.js";
import type { Future, Owner } from "../../futures/future.js";
import { CANCELLED } from "../../futures/state.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { TimerHandle } from "../../loop/handle.js";

export type Attempt = () => Future<Socket>;

export interface RaceOptions {
  /** Milliseconds before the next attempt joins those under way; `null` waits for each to fail. */
  readonly delay: number | null;
  /** Whether to fail with a group of all the errors. */
  readonly allErrors: boolean;
}

class Race implements Owner {
  readonly future: Future<Socket>;
  private readonly loop: EventLoop;
  private readonly attempts: Attempt[];
  private readonly options: RaceOptions;
  private readonly pending: Set<Future<Socket>>;
  private readonly errors: Error[];
  private timer: TimerHandle | null;

  constructor(loop: EventLoop, attempts: readonly Attempt[], options: RaceOptions) {
    this.future = loop.createFuture<Socket>();
    this.future._owner = this;
    this.loop = loop;
    this.attempts = [...attempts];
    this.options = options;
    this.pending = new Set();
    this.errors = [];
    this.timer = null;
    this.startNext();
  }

  private readonly startNext = (): void => {
    this.timer?.cancel();
    this.timer = null;
    const attempt = this.attempts.shift();
    if (attempt === undefined) return;
    const connecting = attempt();
    this.pending.add(connecting);
    connecting.addDoneCallback(this.onDone);
    const { delay } = this.options;
    if (delay !== null && this.attempts.length > 0) this.timer = this.loop.callLater(delay, this.startNext);
  };

  private readonly onDone = (connecting: Future<Socket>): void => {
    this.pending.delete(connecting);
    if (connecting.cancelled()) return;
    const error = connecting.exception();
    if (error === null) {
      this.succeed(connecting.result());
      return;
    }
    this.errors.push(error as Error);
    if (this.future.done()) return;
    if (this.attempts.length > 0) this.startNext();
    else if (this.pending.size === 0) this.future._fail(this.combined());
  };

  /** A second one that has connected at the same time is closed again. */
  private succeed(socket: Socket): void {
    if (this.future.done()) {
      socket.destroy();
      return;
    }
    this.giveUp();
    this.future.setResult(socket);
  }

  private giveUp(): void {
    this.timer?.cancel();
    this.attempts.length = 0;
    for (const connecting of [...this.pending]) connecting.cancel();
  }

  private combined(): Error {
    const { errors } = this;
    if (this.options.allErrors) return new ExceptionGroup("createConnection failed", errors);
    const first = errors[0]!;
    if (errors.every((error) => error.message === first.message)) return first;
    const message = `Multiple exceptions: ${errors.map((error) => error.message).join(", ")}`;
    const { code } = first as OSError;
    const isSame = errors.every((error) => (error as OSError).code === code);
    return isSame ? osErrorOf({ message, code, errors }) : new OSError(message, { cause: errors });
  }

  /** @internal */
  _cancel(future: Future<unknown>, msg: unknown): boolean {
    this.giveUp();
    future._settle(CANCELLED, msg);
    return true;
  }

  /** @internal */
  get _kind(): string {
    return "Future of a connection";
  }
}

/** The first socket to connect. Fails when all have; cancelling ends all attempts. */
export function raceConnect(loop: EventLoop, attempts: readonly Attempt[], options: RaceOptions): Future<Socket> {
  return new Race(loop, attempts, options).future;
}
