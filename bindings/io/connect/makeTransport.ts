// From a connected socket to a transport whose protocol knows of it.
import type { Socket } from "node:net";
import type { Future } from "../../futures/future.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine } from "../../tasks/coroutine.js";
import { localAddressOf, remoteAddressOf, type UnixEnds } from "../host/address.js";
import { builtin } from "../host/builtin.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import { tolerateErrors } from "./connectSocket.js";
import type { ConnectionOwner } from "../transports/connectionOwner.js";
import { StreamTransport } from "../transports/streamTransport.js";
import type { BaseTransport } from "../transports/transport.js";

export interface SocketOptions {
  readonly server?: ConnectionOwner;
  readonly unix?: UnixEnds;
}

/** What getExtraInfo answers; asked for now, since a closed socket does not know any more. */
export function extraOf(socket: Socket, unix?: UnixEnds): Record<string, unknown> {
  const names = unix ?? { peername: remoteAddressOf(socket), sockname: localAddressOf(socket) };
  return { ...names, socket };
}

/** Calls the factory; if it fails, nobody is left to use the socket. */
export function makeProtocol<P extends BaseProtocol>(socket: Socket, protocolFactory: () => P): P {
  tolerateErrors(socket);
  try {
    return protocolFactory();
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** The protocol hears of the connection in the next iteration; `waiter` is settled after that. */
export function makeSocketTransport(
  loop: EventLoop,
  socket: Socket,
  protocol: BaseProtocol,
  waiter: Future<void> | null,
  options: SocketOptions = {},
): StreamTransport {
  const isDirect = socket instanceof builtin("node:net").Socket;
  // Small writes go out at once, as asyncio has it.
  if (isDirect && options.unix === undefined) socket.setNoDelay(true);
  const extra = extraOf(socket, options.unix);
  const transport = new StreamTransport(loop, socket, protocol, { extra, server: options.server ?? null, isDirect });
  transport._begin(waiter);
  return transport;
}

/** Waits until the protocol knows its connection; cancelled meanwhile, the transport is closed. */
export const waitUntilMade = coroutine(function* <T extends BaseTransport>(
  transport: T,
  waiter: Future<void>,
): Steps<T> {
  try {
    yield* waiter;
  } catch (error) {
    transport.close();
    throw error;
  }
  return transport;
});
