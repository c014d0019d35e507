// The same script of events and actions as test/io/python/subprocess_scripts.py plays, here.
import { EventLoop, run, sleep, timeout, type Future } from "../../../bindings/index.js";
import {
  SubprocessProtocol,
  type ReadTransport,
  type SubprocessOptions,
  type SubprocessTransport,
  type WriteTransport,
} from "../../../bindings/io.js";
import { bytes, text } from "../../support/ioStage.js";

type Stream = "pipe" | "null" | "inherit";

type Action =
  | ["write", string]
  | ["fill", number]
  | ["closePipe" | "closePipeSoon" | "abortPipe" | "pause" | "resumeSoon", number]
  | ["signal", string]
  | ["close" | "kill" | "terminate" | "killSoon" | "state" | "raise"];

export interface ChildScript {
  readonly shell?: string;
  readonly exec?: readonly [program: string, ...args: string[]];
  readonly stdin: Stream;
  readonly stdout: Stream;
  readonly stderr: Stream | "stdout";
  /** What is done when the protocol has been told an event. */
  readonly on: Readonly<Record<string, readonly Action[]>>;
}

export interface Played {
  readonly trace: readonly string[];
  readonly reports: readonly string[];
}

const LIMIT_MS = 10_000;

class Scripted extends SubprocessProtocol {
  readonly trace: string[] = [];
  private readonly script: ChildScript;
  private readonly loop: EventLoop;
  private readonly lost: Future<void>;
  private readonly pending = new Map<number, string>();
  declare private transport: SubprocessTransport;

  constructor(script: ChildScript, loop: EventLoop, lost: Future<void>) {
    super();
    this.script = script;
    this.loop = loop;
    this.lost = lost;
  }

  override connectionMade(transport: SubprocessTransport): void {
    this.transport = transport;
    this.note("made");
  }

  override pipeDataReceived(fd: number, data: Uint8Array): void {
    const messages = ((this.pending.get(fd) ?? "") + text(data)).split(".");
    this.pending.set(fd, messages.pop()!);
    for (const message of messages) this.note(`data ${fd} ${message}`);
  }

  override pipeConnectionLost(fd: number, error: Error | null): void {
    this.note(`pipe ${fd} lost ${error?.name ?? "null"}`);
  }

  override processExited(): void {
    this.note("exited");
  }

  override connectionLost(error: Error | null): void {
    if (!this.lost.done()) this.lost.setResult();
    this.note(`lost ${error?.name ?? "null"}`);
  }

  override pauseWriting(): void {
    this.note("pause writing");
  }

  override resumeWriting(): void {
    this.note("resume writing");
  }

  private note(event: string): void {
    this.trace.push(event);
    for (const action of this.script.on[event] ?? []) this.act(action);
  }

  private attempt(what: string, call: () => void): void {
    try {
      call();
      this.trace.push(`${what} done`);
    } catch (error) {
      this.trace.push(`${what} ${(error as Error).name}`);
    }
  }

  private pipe(fd: number): ReadTransport & WriteTransport {
    return this.transport.getPipeTransport(fd) as ReadTransport & WriteTransport;
  }

  private act([action, argument]: Action): void {
    const { transport } = this;
    if (action === "write") this.pipe(0).write(bytes(argument));
    else if (action === "fill") this.pipe(0).write(new Uint8Array(argument).fill(120));
    else if (action === "closePipe") this.pipe(argument).close();
    else if (action === "closePipeSoon") this.loop.callSoon(() => this.pipe(argument).close());
    else if (action === "abortPipe") this.pipe(argument).abort();
    else if (action === "pause") this.pipe(argument).pauseReading();
    else if (action === "resumeSoon") this.loop.callLater(50, () => this.resume(argument));
    else if (action === "signal") this.attempt(argument, () => transport.sendSignal(argument));
    else if (action === "kill") this.attempt("kill", () => transport.kill());
    else if (action === "terminate") this.attempt("terminate", () => transport.terminate());
    else if (action === "killSoon") this.loop.callSoon(() => this.act(["kill"]));
    else if (action === "close") transport.close();
    else if (action === "state") this.noteState();
    else {
      const error = new Error("scripted");
      error.name = "ValueError";
      throw error;
    }
  }

  private resume(fd: number): void {
    this.trace.push(`resume ${fd}`);
    this.pipe(fd).resumeReading();
  }

  private noteState(): void {
    const { transport } = this;
    const pipes = [0, 1, 2, 3].filter((fd) => transport.getPipeTransport(fd) !== null);
    const returncode = String(transport.getReturncode());
    this.trace.push(`returncode ${returncode} closing ${String(transport.isClosing())} pipes [${pipes.join(", ")}]`);
  }
}

export function playScript(script: ChildScript): Promise<Played> {
  const loop = new EventLoop();
  const reports: string[] = [];
  loop.setExceptionHandler((_loop, { exception }) => reports.push((exception as Error).name));
  const { shell, exec, stdin, stdout, stderr } = script;
  const options: SubprocessOptions = { stdin, stdout, stderr };
  return run<Played>(
    function* () {
      const lost = loop.createFuture<void>();
      const protocol = new Scripted(script, loop, lost);
      if (shell !== undefined) yield* loop.subprocessShell(() => protocol, shell, options);
      else yield* loop.subprocessExec(() => protocol, exec![0], exec!.slice(1), options);
      yield* timeout(LIMIT_MS, () => lost);
      yield* sleep(10);
      return { trace: protocol.trace, reports };
    },
    { loopFactory: () => loop },
  );
}
