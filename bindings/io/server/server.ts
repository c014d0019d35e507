import { gather } from "../../combinators/gather.js";
import { isCancelled } from "../../errors/cancelledError.js";
import { RuntimeError } from "../../errors/errors.js";
import { osErrorOf } from "../../errors/hostError.js";
import { showAsText } from "../../errors/inspectForm.js";
import type { OSError } from "../../errors/osError.js";
import type { Future } from "../../futures/future.js";
import type { Attached, EventLoop } from "../../loop/eventLoop.js";
import type { Body, Steps } from "../../tasks/awaitable.js";
import { coroutine, type Coroutine } from "../../tasks/coroutine.js";
import { checkBody, runBody } from "../../tasks/runBody.js";
import { sleep } from "../../tasks/sleep.js";
import { attach, detach } from "../host/attached.js";
import { familyOf, type SocketAddress, type UnixAddress } from "../host/address.js";
import { HostOperation } from "../host/hostOperation.js";
import type { ConnectionOwner } from "../transports/connectionOwner.js";
import type { Transport } from "../transports/transport.js";
import type { Listener } from "./listener.js";

/** What `loop.createServer()` gives: it listens at one or several addresses. */
export class Server implements ConnectionOwner, Attached {
  private readonly loop: EventLoop;
  /** `null` once closed. */
  private listeners: readonly Listener[] | null;
  private readonly clients: Set<Transport>;
  /** `null` once the server is closed and its last connection gone. */
  private waiters: Future<void>[] | null;
  private serving: boolean;
  private servingForever: Future<void> | null;

  /** @internal */
  constructor(loop: EventLoop, listeners: readonly Listener[]) {
    this.loop = loop;
    this.listeners = listeners;
    this.clients = new Set();
    this.waiters = [];
    this.serving = false;
    this.servingForever = null;
    attach(loop, this);
  }

  /** Where it listens: `{ address, port, family }` each, or `{ path }`. Empty before it does, and once closed. */
  get sockets(): readonly (SocketAddress | UnixAddress)[] {
    return (this.listeners ?? []).flatMap(({ host }): (SocketAddress | UnixAddress)[] => {
      const address = host.address();
      if (address === null) return [];
      if (typeof address === "string") return [{ path: address }];
      return [{ address: address.address, port: address.port, family: familyOf(address.address) }];
    });
  }

  getLoop(): EventLoop {
    return this.loop;
  }

  /** Whether it accepts connections. */
  isServing(): boolean {
    return this.serving;
  }

  /** Begins to accept connections, if it does not yet. */
  startServing(): Coroutine<void> {
    return startServing(this);
  }

  /** startServing(), and then waits to be cancelled, which closes the server. */
  serveForever(): Coroutine<never> {
    return serveForever(this);
  }

  /** Accepts no more. Connections that stand are left alone. Twice is no error. */
  close(): void {
    const { listeners } = this;
    if (listeners === null) return;
    this.listeners = null;
    for (const { host } of listeners) if (host.listening) host.close();
    this.serving = false;
    detach(this.loop, this);
    const { servingForever } = this;
    this.servingForever = null;
    servingForever?.cancel();
    this.wakeIfOver();
  }

  /** Closes each of its connections, after what it has buffered. */
  closeClients(): void {
    for (const transport of [...this.clients]) transport.close();
  }

  /** Ends each of its connections at once. */
  abortClients(): void {
    for (const transport of [...this.clients]) transport.abort();
  }

  /** Waits until the server is closed and its last connection is gone. */
  waitClosed(): Coroutine<void> {
    return waitClosed(this);
  }

  /** Runs `body`, then closes the server and waits until its connections are gone. */
  with<T>(body: Body<T, [server: Server]>): Coroutine<T> {
    checkBody(body, "Server.with");
    return withServer(this, body);
  }

  /** @internal */
  *_listen(): Steps<void> {
    if (this.serving) return;
    if (this.listeners === null) throw new RuntimeError("the server is closed; make another one");
    this.serving = true;
    try {
      for (const listener of this.listeners) yield* this.open(listener);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** One of several addresses may be of a family that the host does not have. */
  private *open(listener: Listener): Steps<void> {
    try {
      yield* listen(this.loop, listener);
    } catch (error) {
      const { code } = error as OSError;
      if (!listener.isOptional || (code !== "EADDRNOTAVAIL" && code !== "EAFNOSUPPORT")) throw error;
    }
  }

  /** @internal */
  get _isClosed(): boolean {
    return this.listeners === null;
  }

  /** @internal */
  *_serveForever(): Steps<never> {
    if (this.servingForever !== null) {
      throw new RuntimeError(`${String(this)} is already being awaited on serveForever()`);
    }
    if (this.listeners === null) throw new RuntimeError(`${String(this)} is closed`);
    yield* this._listen();
    const forever = (this.servingForever = this.loop.createFuture<void>());
    try {
      yield* forever;
    } catch (error) {
      if (isCancelled(error)) yield* this.closeQuietly();
      throw error;
    } finally {
      this.servingForever = null;
    }
    throw new RuntimeError("serveForever() ends by being cancelled");
  }

  /** Whatever happens meanwhile, what the caller tells is the cancellation that came first. */
  private *closeQuietly(): Steps<void> {
    this.close();
    const closed = this.waitClosed();
    yield* gather([closed], { returnExceptions: true });
  }

  /** @internal */
  _waiter(): Future<void> | null {
    if (this.waiters === null) return null;
    const waiter = this.loop.createFuture<void>();
    this.waiters.push(waiter);
    return waiter;
  }

  /** @internal */
  _attachTransport(transport: Transport): void {
    this.clients.add(transport);
  }

  /** @internal */
  _detachTransport(transport: Transport): void {
    this.clients.delete(transport);
    this.wakeIfOver();
  }

  /** @internal */
  _loopClosed(): void {
    for (const { host } of this.listeners ?? []) if (host.listening) host.close();
    this.listeners = null;
  }

  private wakeIfOver(): void {
    if (this.listeners !== null || this.clients.size > 0) return;
    const waiters = this.waiters ?? [];
    this.waiters = null;
    for (const waiter of waiters) if (!waiter.done()) waiter.setResult(undefined);
  }

  toString(): string {
    const places = this.sockets.map((socket) => ("path" in socket ? socket.path : `${socket.address}:${socket.port}`));
    return `<Server sockets=[${places.join(", ")}]>`;
  }
}
showAsText(Server);

function listen(loop: EventLoop, { host, options }: Listener): Future<void> {
  const operation = new HostOperation<void>(loop, () => host.close());
  const onError = (error: unknown): void => void operation.fail(error);
  host.once("error", onError);
  host.once("listening", () => {
    host.off("error", onError);
    host.on("error", (error) => reportAccept(loop, error));
    operation.succeed(undefined);
  });
  host.listen(options);
  return operation.future;
}

/** Connections come and cannot be accepted: there are too many open files, or too little memory. */
function reportAccept(loop: EventLoop, error: unknown): void {
  if (loop.isClosed()) return;
  const exception = osErrorOf(error);
  loop.callSoon(() => loop.callExceptionHandler({ message: "accept() has failed on a server", exception }));
}

const startServing = coroutine(function* (server: Server): Steps<void> {
  yield* server._listen();
  yield* sleep(0);
});

const serveForever = coroutine(function* (server: Server): Steps<never> {
  return yield* server._serveForever();
});

const waitClosed = coroutine(function* (server: Server): Steps<void> {
  const waiter = server._waiter();
  if (waiter !== null) yield* waiter;
});

const withServer = coroutine(function* <T>(server: Server, body: Body<T, [server: Server]>): Steps<T> {
  try {
    return yield* runBody(body, server);
  } finally {
    server.close();
    yield* server.waitClosed();
  }
});
