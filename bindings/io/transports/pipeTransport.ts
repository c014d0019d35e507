// One-way transports over a Readable or a Writable of the host.
import type { Duplex } from "node:stream";
import { RuntimeError } from "../../errors/errors.js";
import { BrokenPipeError } from "../../errors/osErrors.js";
import { StreamTransport } from "./streamTransport.js";
import { UNPAUSABLE } from "./reading.js";

/** The reading end of a pipe. After the writer's end it closes by itself. */
export class ReadPipeTransport extends StreamTransport {
  override write(): never {
    throw new RuntimeError("a read pipe transport can not write");
  }

  override writelines(): never {
    throw new RuntimeError("a read pipe transport can not write");
  }

  override writeEof(): never {
    throw new RuntimeError("a read pipe transport can not write");
  }

  override canWriteEof(): boolean {
    return false;
  }

  override getWriteBufferSize(): number {
    return 0;
  }

  protected override isWritten(): boolean {
    return true;
  }

  protected override mayStayOpen(): boolean {
    return false;
  }
}

/** The writing end of a pipe. */
export class WritePipeTransport extends StreamTransport {
  protected override stream(): Pick<Duplex, "pause" | "resume"> {
    return UNPAUSABLE;
  }

  override isReading(): boolean {
    return false;
  }

  /** There is no other half: the same as close(). */
  override writeEof(): void {
    this.close();
  }

  /** @internal The reader has gone; that is a failure if something was still to be written. */
  override _receiveClose(): void {
    if (this.getWriteBufferSize() > 0) this._receiveFailure(new BrokenPipeError("the pipe's reader has closed it"));
    else super._receiveClose(false);
  }
}
