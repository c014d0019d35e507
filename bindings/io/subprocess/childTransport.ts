// A child process and its pipes, told to one protocol.
//
// Everything that is told goes through callSoon(), as in asyncio: so it comes behind connectionMade(), in the order in which it
// happened, and a mistake in the protocol costs that callback alone.
import type { ChildProcess } from "node:child_process";
import type { Socket } from "node:net";
import { showAsText } from "../../errors/inspectForm.js";
import { osErrorOf } from "../../errors/hostError.js";
import { ProcessLookupError } from "../../errors/osErrors.js";
import type { Future } from "../../futures/future.js";
import type { Attached, EventLoop } from "../../loop/eventLoop.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine, type Coroutine } from "../../tasks/coroutine.js";
import { attach, detach } from "../host/attached.js";
import { builtin } from "../host/builtin.js";
import type { SubprocessProtocol } from "../protocols/subprocessProtocol.js";
import type { SignalLike } from "../signals/signalLike.js";
import { signalNumber, signalToSend } from "../signals/signalNumber.js";
import { SubprocessTransport } from "../transports/otherTransports.js";
import type { StreamTransport } from "../transports/streamTransport.js";
import type { BaseTransport } from "../transports/transport.js";
import { ChildPipe, type PipeOwner } from "./childPipe.js";
import { ChildInputTransport, ChildOutputTransport, inputOf } from "./childStreams.js";

export class ChildTransport extends SubprocessTransport implements Attached, PipeOwner {
  private readonly loop: EventLoop;
  private readonly child: ChildProcess;
  private readonly pipes: Map<number, ChildPipe>;
  private readonly exitWaiters: Set<Future<number>>;
  /** `null` once the connection is lost. */
  private protocol: SubprocessProtocol | null;
  private returncode: number | null;
  private isClosed: boolean;
  /** The host has told that the child is gone, and its number may be another's by now. */
  private hasEnded: boolean;

  constructor(loop: EventLoop, child: ChildProcess, protocol: SubprocessProtocol) {
    super({ subprocess: child });
    this.loop = loop;
    this.child = child;
    this.pipes = new Map();
    this.exitWaiters = new Set();
    this.protocol = protocol;
    this.returncode = null;
    this.isClosed = false;
    this.hasEnded = false;
    attach(loop, this);
    child.on("exit", (status, signal) => this.onExit(status, signal));
    child.on("error", (error) => this.onError(error));
  }

  /** @internal Connects the pipes, then tells the protocol, then settles `waiter`, each in its own turn. */
  _begin(waiter: Future<void>): void {
    const { child, loop } = this;
    if (child.stdin !== null) this.connect(0, ChildInputTransport, inputOf(child));
    if (child.stdout !== null) this.connect(1, ChildOutputTransport, child.stdout as Socket);
    if (child.stderr !== null) this.connect(2, ChildOutputTransport, child.stderr as Socket);
    this.tell((protocol) => protocol.connectionMade(this));
    loop.callSoon(() => {
      if (!waiter.done()) waiter.setResult(undefined);
    });
  }

  private connect(fd: number, Pipe: typeof StreamTransport, stream: Socket): void {
    const pipe = new ChildPipe(this, fd);
    pipe.transport = new Pipe(this.loop, stream, pipe, { extra: { pipe: stream }, isDirect: false });
    this.pipes.set(fd, pipe);
    pipe.transport._begin(null);
  }

  private tell(what: (protocol: SubprocessProtocol) => void): void {
    const { protocol } = this;
    if (protocol !== null) this.loop.callSoon(() => what(protocol));
  }

  override getPid(): number {
    return this.child.pid!;
  }

  override getReturncode(): number | null {
    return this.returncode;
  }

  override getPipeTransport(fd: number): BaseTransport | null {
    return this.pipes.get(fd)?.transport ?? null;
  }

  override setProtocol(protocol: SubprocessProtocol): void {
    this.protocol = protocol;
  }

  override getProtocol(): SubprocessProtocol | null {
    return this.protocol;
  }

  override isClosing(): boolean {
    return this.isClosed;
  }

  override sendSignal(signal: SignalLike): void {
    const number = signalToSend(signal);
    if (this.protocol === null) {
      throw new ProcessLookupError(`no process to send a signal to: ${this.toString()}`, { code: "ESRCH" });
    }
    this.signal(number);
  }

  override terminate(): void {
    this.sendSignal("SIGTERM");
  }

  override kill(): void {
    this.sendSignal("SIGKILL");
  }

  /** A child that has just ended is no error. The host's own kill() would not do: in Deno it forgets how the child ended. */
  private signal(number: number): void {
    if (this.hasEnded) return;
    try {
      process.kill(this.getPid(), number);
    } catch (error) {
      const failure = osErrorOf(error);
      if (!(failure instanceof ProcessLookupError)) throw failure;
    }
  }

  override close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const { transport } of this.pipes.values()) transport.close();
    if (this.hasEnded) return;
    if (this.loop.getDebug()) this.loop._host.logError(`Close running child process: kill ${this.toString()}`);
    this.killIfAllowed();
  }

  /** A child that runs under another user now is not ours to kill. */
  private killIfAllowed(): void {
    try {
      this.signal(signalNumber("SIGKILL", "kill()"));
    } catch (error) {
      if ((error as { code?: unknown }).code !== "EPERM") throw error;
    }
  }

  /** @internal The returncode, once the child has ended and its pipes are disconnected. */
  _wait(): Coroutine<number> {
    return waitForExit(this);
  }

  /** @internal A Future of the returncode; `null` when it is there already. */
  _exitWaiter(): Future<number> | null {
    if (this.returncode !== null) return null;
    const waiter = this.loop.createFuture<number>();
    this.exitWaiters.add(waiter);
    return waiter;
  }

  /** @internal */
  _forgetWaiter(waiter: Future<number>): void {
    this.exitWaiters.delete(waiter);
  }

  /** From the host. */
  private onExit(status: number | null, signal: NodeJS.Signals | null): void {
    this.hasEnded = true;
    if (this.loop.isClosed()) return;
    const returncode = status ?? -builtin("node:os").constants.signals[signal!];
    this.loop.callSoonThreadsafe(() => {
      this.returncode = returncode;
      this.tell((protocol) => protocol.processExited());
      this.tryFinish();
    });
  }

  /** From the host, about a child that runs. */
  private onError(error: Error): void {
    const { loop, protocol } = this;
    if (loop.isClosed()) return;
    const message = "Error of a child process";
    loop.callExceptionHandler({ message, exception: osErrorOf(error), transport: this, protocol });
  }

  /** @internal */
  _pipeDataReceived(fd: number, data: Uint8Array): void {
    this.tell((protocol) => protocol.pipeDataReceived(fd, data));
  }

  /** @internal */
  _pipeConnectionLost(fd: number, error: Error | null): void {
    this.tell((protocol) => protocol.pipeConnectionLost(fd, error));
    this.tryFinish();
  }

  /** @internal */
  _pauseWriting(): void {
    this.protocol?.pauseWriting();
  }

  /** @internal */
  _resumeWriting(): void {
    this.protocol?.resumeWriting();
  }

  private tryFinish(): void {
    if (this.returncode === null) return;
    for (const pipe of this.pipes.values()) if (!pipe.isDisconnected) return;
    this.loop.callSoon(() => this.callConnectionLost());
  }

  private callConnectionLost(): void {
    try {
      this.protocol?.connectionLost(null);
    } finally {
      for (const waiter of this.exitWaiters) if (!waiter.done()) waiter.setResult(this.returncode!);
      this.exitWaiters.clear();
      this.protocol = null;
      detach(this.loop, this);
    }
  }

  /** @internal Nobody would be left to look after the child. */
  _loopClosed(): void {
    this.isClosed = true;
    this.protocol = null;
    if (!this.hasEnded) this.killIfAllowed();
  }

  override toString(): string {
    const closed = this.isClosed ? " closed" : "";
    const state = this.returncode === null ? "running" : `returncode=${this.returncode}`;
    return `<${this.constructor.name}${closed} pid=${this.getPid()} ${state}>`;
  }
}
showAsText(ChildTransport);

const waitForExit = coroutine(function* (transport: ChildTransport): Steps<number> {
  const waiter = transport._exitWaiter();
  if (waiter === null) return transport.getReturncode()!;
  try {
    return yield* waiter;
  } finally {
    transport._forgetWaiter(waiter);
  }
});
