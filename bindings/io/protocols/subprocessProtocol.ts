import { BaseProtocol } from "./protocol.js";

/** What is told about a child process and its pipes; 0, 1 and 2 are its standard input, output and errors. */
export class SubprocessProtocol extends BaseProtocol {
  /** The child has written to the pipe `fd`. */
  pipeDataReceived(_fd: number, _data: Uint8Array): void {}

  /** The pipe `fd` is closed: `null` in good order, else why. */
  pipeConnectionLost(_fd: number, _error: Error | null): void {}

  /** The child has ended. */
  processExited(): void {}
}
