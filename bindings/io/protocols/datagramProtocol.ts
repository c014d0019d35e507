import type { SocketAddress } from "../host/address.js";
import { BaseProtocol } from "./protocol.js";

/** A protocol of separate messages. */
export class DatagramProtocol extends BaseProtocol {
  /** A datagram has arrived from `address`. */
  datagramReceived(_data: Uint8Array, _address: SocketAddress): void {}

  /** A send or receive has failed, as when the peer's host says that nobody listens there. The endpoint stays open. */
  errorReceived(_error: Error): void {}
}
