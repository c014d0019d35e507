import { gather } from "../../combinators/gather.js";
import { RuntimeError } from "../../errors/errors.js";
import { showAsText } from "../../errors/inspectForm.js";
import { BrokenPipeError, ConnectionResetError } from "../../errors/osErrors.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine, type Coroutine } from "../../tasks/coroutine.js";
import { checkBytes } from "../host/bytes.js";
import type { SignalLike } from "../signals/signalLike.js";
import type { StreamReader } from "../streams/reader.js";
import type { StreamWriter } from "../streams/writer.js";
import type { SubprocessTransport } from "../transports/otherTransports.js";
import type { SubprocessStreamProtocol } from "./streamProtocol.js";

/** What a child has written to its two outputs; `null` for one that is no pipe. */
export type Outputs = [stdout: Uint8Array | null, stderr: Uint8Array | null];

/** @internal A child's transport, without the host's types. */
export interface AwaitedTransport extends SubprocessTransport {
  /** @internal */
  _wait(): Coroutine<number>;
}

/** A child process and the streams to it: what `createSubprocessExec` and `createSubprocessShell` give. */
export class Process {
  /** Writes to the child's standard input; `null` unless that is a pipe. */
  readonly stdin: StreamWriter | null;
  /** Reads what the child writes to its standard output; `null` unless that is a pipe. */
  readonly stdout: StreamReader | null;
  /** The same for its standard errors. */
  readonly stderr: StreamReader | null;
  readonly pid: number;
  /** @internal */
  declare readonly _transport: AwaitedTransport;

  /** @internal */
  constructor(transport: AwaitedTransport, protocol: SubprocessStreamProtocol) {
    this.stdin = protocol.stdin;
    this.stdout = protocol.readers.get(1) ?? null;
    this.stderr = protocol.readers.get(2) ?? null;
    this.pid = transport.getPid();
    this._transport = transport;
  }

  /** The exit status, the negative number of the signal that ended it, or `null` while it runs. */
  get returncode(): number | null {
    return this._transport.getReturncode();
  }

  /**
   * Waits until the child has ended, and gives its returncode. A child whose output is a pipe that nobody reads may wait
   * for ever to write to it: `communicate()` reads. Cancelled, the child runs on.
   */
  wait(): Coroutine<number> {
    return this._transport._wait();
  }

  /**
   * Writes `input` to the child and closes its standard input, reads both outputs to their ends, and waits for the child.
   * That the child does not read its input is no error. RuntimeError for input without a pipe to write it to. Cancelled,
   * the child runs on, and what was read is lost.
   */
  communicate(input?: Uint8Array | null): Coroutine<Outputs> {
    if (input !== undefined && input !== null) {
      checkBytes(input, "communicate()");
      if (this.stdin === null) {
        throw new RuntimeError(
          'communicate() has got input, and the child no pipe for it: start it with stdin: "pipe"',
        );
      }
    }
    return communicate(this, input ?? null);
  }

  /** Sends a signal, by its name or number. ProcessLookupError when the child is gone and all of it was told. */
  sendSignal(signal: SignalLike): void {
    this._transport.sendSignal(signal);
  }

  /** Asks the child to end (SIGTERM). */
  terminate(): void {
    this._transport.terminate();
  }

  /** Ends the child (SIGKILL). */
  kill(): void {
    this._transport.kill();
  }

  toString(): string {
    return `<Process ${this.pid}>`;
  }
}
showAsText(Process);

const communicate = coroutine(function* (child: Process, input: Uint8Array | null): Steps<Outputs> {
  const [, stdout, stderr] = yield* gather([
    feed(child.stdin, input),
    readAll(child, child.stdout, 1),
    readAll(child, child.stderr, 2),
  ]);
  yield* child.wait();
  return [stdout, stderr];
});

const feed = coroutine(function* (stdin: StreamWriter | null, input: Uint8Array | null): Steps<void> {
  if (stdin === null) return;
  try {
    if (input !== null) stdin.write(input);
    yield* stdin.drain();
  } catch (error) {
    if (!(error instanceof BrokenPipeError || error instanceof ConnectionResetError)) throw error;
  }
  stdin.close();
});

const readAll = coroutine(function* (child: Process, reader: StreamReader | null, fd: 1 | 2): Steps<Uint8Array | null> {
  if (reader === null) return null;
  const output = yield* reader.read();
  child._transport.getPipeTransport(fd)!.close();
  return output;
});
