import { Protocol } from "../protocols/protocol.js";
import type { StreamTransport } from "../transports/streamTransport.js";

/** Who is told what happens at one of a child's pipes. */
export interface PipeOwner {
  /** @internal */
  _pipeDataReceived(fd: number, data: Uint8Array): void;
  /** @internal */
  _pipeConnectionLost(fd: number, error: Error | null): void;
  /** @internal */
  _pauseWriting(): void;
  /** @internal */
  _resumeWriting(): void;
}

/** The protocol at this end of one of a child's pipes. */
export class ChildPipe extends Protocol {
  declare transport: StreamTransport;
  /** Once connectionLost() was called. */
  isDisconnected = false;
  private readonly owner: PipeOwner;
  private readonly fd: number;

  constructor(owner: PipeOwner, fd: number) {
    super();
    this.owner = owner;
    this.fd = fd;
  }

  override dataReceived(data: Uint8Array): void {
    this.owner._pipeDataReceived(this.fd, data);
  }

  override connectionLost(error: Error | null): void {
    this.isDisconnected = true;
    this.owner._pipeConnectionLost(this.fd, error);
  }

  override pauseWriting(): void {
    this.owner._pauseWriting();
  }

  override resumeWriting(): void {
    this.owner._resumeWriting();
  }
}
