import { ConnectionResetError } from "../../errors/osErrors.js";
import { raise } from "../../errors/raise.js";
import { Future } from "../../futures/future.js";
import { FINISHED, STATE_MASK } from "../../futures/state.js";
import { currentWaiter } from "../../futures/waiter.js";
import { DONE, SUSPENDED } from "../../loop/suspension.js";
import { Operation } from "../../tasks/operation.js";
import type { Task } from "../../tasks/task.js";
import type { WritingProtocol } from "./writingProtocol.js";
import type { StreamReader } from "./reader.js";
import type { Transport } from "../transports/transport.js";

/** What drain() looks at: the writer's parts. */
interface Parts {
  /** @internal */
  readonly _transport: Transport;
  /** @internal */
  readonly _protocol: WritingProtocol;
  /** @internal */
  readonly _reader: StreamReader | null;
}

/** drain(): does not suspend unless the transport is full, or closing. */
export class Drain extends Operation<void> {
  declare private readonly writer: Parts;
  declare private waiter: Future<void> | null;

  constructor(writer: Parts) {
    super();
    this.writer = writer;
    this.waiter = null;
  }

  override next(): IteratorResult<unknown, unknown> {
    const { waiter } = this;
    if (waiter !== null) return this.resume(waiter);
    if (this.isFirst()) {
      const { _reader: reader, _transport: transport } = this.writer;
      if (reader !== null && reader._exception !== null) this.fail(reader._exception);
      // One pass through the loop, in which connectionLost() may come: a program that writes and drains in turns would
      // never hear of it otherwise.
      if (transport.isClosing()) {
        (currentWaiter() as Task<unknown>)._giveWay();
        return SUSPENDED;
      }
    }
    const { _protocol: protocol } = this.writer;
    if (protocol._isLost) this.fail(new ConnectionResetError("Connection lost"));
    if (protocol._isPaused) return this.wait(protocol);
    return this.end();
  }

  override throw(error: unknown): never {
    this.forgetWaiter();
    return super.throw(error);
  }

  override return(value: unknown): IteratorResult<unknown, unknown> {
    this.forgetWaiter();
    return super.return(value);
  }

  private wait(protocol: WritingProtocol): IteratorResult<unknown, unknown> {
    const task = currentWaiter() as Task<unknown>;
    const waiter = (this.waiter = new Future<void>(protocol._loop._asOption));
    protocol._drainers.add(waiter);
    task._waitFor(waiter);
    return SUSPENDED;
  }

  private resume(waiter: Future<void>): IteratorResult<unknown, unknown> {
    this.isFirst();
    this.forgetWaiter();
    if ((waiter._flags & STATE_MASK) === FINISHED) return this.end();
    this.close();
    raise(waiter._failure());
  }

  private end(): IteratorResult<unknown, unknown> {
    this.close();
    DONE.value = undefined;
    return DONE;
  }

  private fail(error: unknown): never {
    this.close();
    throw error;
  }

  private forgetWaiter(): void {
    if (this.waiter === null) return;
    this.writer._protocol._drainers.delete(this.waiter);
    this.waiter = null;
  }
}
