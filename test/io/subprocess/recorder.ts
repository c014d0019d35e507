// A protocol for a child process that writes down what it is told.
import { sleep, type Future, type Steps } from "../../../bindings/index.js";
import { SubprocessProtocol, type SubprocessTransport, type WriteTransport } from "../../../bindings/io.js";
import { text, type IoStage } from "../../support/ioStage.js";

export class ChildRecorder extends SubprocessProtocol {
  readonly stage: IoStage;
  readonly lost: Future<Error | null>;
  declare transport: SubprocessTransport;
  /** All that has come, by the number of the pipe. */
  readonly received = new Map<number, string>();
  /** Called with each event, after it was written down. */
  onEvent: (event: string) => void = () => {};

  constructor(stage: IoStage) {
    super();
    this.stage = stage;
    this.lost = stage.loop.createFuture();
  }

  private note(event: string): void {
    this.stage.trace.add(event);
    this.onEvent(event);
  }

  override connectionMade(transport: SubprocessTransport): void {
    this.transport = transport;
    this.note("made");
  }

  /** Where pieces are cut means nothing: each pipe is noted once. */
  override pipeDataReceived(fd: number, data: Uint8Array): void {
    const before = this.received.get(fd);
    this.received.set(fd, (before ?? "") + text(data));
    if (before === undefined) this.note(`data ${fd}`);
  }

  override pipeConnectionLost(fd: number, error: Error | null): void {
    this.note(`pipe ${fd} lost ${error === null ? "null" : error.name}`);
  }

  override processExited(): void {
    this.note(`exited ${String(this.transport.getReturncode())}`);
  }

  override connectionLost(error: Error | null): void {
    this.note(`lost ${error === null ? "null" : error.name}`);
    this.lost.setResult(error);
  }

  override pauseWriting(): void {
    this.note("pause writing");
  }

  override resumeWriting(): void {
    this.note("resume writing");
  }

  get stdin(): WriteTransport {
    return this.transport.getPipeTransport(0) as unknown as WriteTransport;
  }

  /** Waits until so many characters have come through a pipe. */
  *until(fd: number, length: number): Steps<string> {
    while ((this.received.get(fd) ?? "").length < length) yield* sleep(1);
    return this.received.get(fd)!;
  }
}
