// What a transport calls. The methods here do nothing, so that a protocol overrides those that it cares about.
import { RuntimeError } from "../../errors/errors.js";
import type { BaseTransport } from "../transports/transport.js";

/** The part that all protocols share. */
export class BaseProtocol {
  /** The connection stands. Called once, before anything else. */
  connectionMade(_transport: BaseTransport): void {}

  /** The connection is gone: `null` after an end in good order, else why. Called once, after everything else. */
  connectionLost(_error: Error | null): void {}

  /** More is buffered for writing than the transport's high-water mark: time to stop writing. */
  pauseWriting(): void {}

  /** The buffer has gone down to the low-water mark. */
  resumeWriting(): void {}
}

/** A stream protocol that is given what arrives. */
export class Protocol extends BaseProtocol {
  /** Some bytes have arrived, in order; where they are cut means nothing. They are the protocol's to keep. */
  dataReceived(_data: Uint8Array): void {}

  /**
   * The peer will send no more. The transport closes itself unless this returns something true; then the protocol goes
   * on writing and closes it when it likes.
   */
  eofReceived(): unknown {
    return undefined;
  }
}

/** A stream protocol that says where arriving bytes are to be put. */
export class BufferedProtocol extends BaseProtocol {
  /** A buffer for bytes to arrive; it must not be empty. `sizehint` is how many are recommended, -1 for any number. */
  getBuffer(_sizehint: number): Uint8Array {
    throw new RuntimeError("a BufferedProtocol has to override getBuffer()");
  }

  /** The first `count` bytes of the buffer that getBuffer gave last are filled. */
  bufferUpdated(_count: number): void {
    throw new RuntimeError("a BufferedProtocol has to override bufferUpdated()");
  }

  /** As Protocol's. */
  eofReceived(): unknown {
    return undefined;
  }
}
