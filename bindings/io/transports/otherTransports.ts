import type { AddressLike } from "../host/address.js";
import { BaseTransport, notImplemented } from "./transport.js";

/** A socket for separate messages. */
export class DatagramTransport extends BaseTransport {
  /** Sends one datagram: to `address`, or to the peer that the endpoint was made for. Never waits. */
  sendto(_data: Uint8Array, _address?: AddressLike | null): void {
    throw notImplemented("sendto");
  }

  /** Closes at once: what is buffered is lost. */
  abort(): void {
    throw notImplemented("abort");
  }
}

/** A child process. */
export class SubprocessTransport extends BaseTransport {
  getPid(): number {
    throw notImplemented("getPid");
  }

  /** The exit status, the negative number of the signal that ended it, or `null` while it runs. */
  getReturncode(): number | null {
    throw notImplemented("getReturncode");
  }

  /** The transport of the pipe `fd`: 0, 1 or 2; `null` if there is none. */
  getPipeTransport(_fd: number): BaseTransport | null {
    throw notImplemented("getPipeTransport");
  }

  sendSignal(_signal: string | number): void {
    throw notImplemented("sendSignal");
  }

  /** Asks the child to end (SIGTERM). */
  terminate(): void {
    throw notImplemented("terminate");
  }

  /** Ends the child (SIGKILL). */
  kill(): void {
    throw notImplemented("kill");
  }
}
