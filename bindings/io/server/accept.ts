// From the host's connections to transports, in the loop.
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { copyContext } from "../../context/context.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import { tolerateErrors } from "../connect/connectSocket.js";
import { extraOf, makeSocketTransport } from "../connect/makeTransport.js";
import type { UnixEnds } from "../host/address.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import { tlsExtra, TlsTransport } from "../tls/tlsTransport.js";
import type { Server } from "./server.js";

/** What a server's connections have in common. */
export interface Accepting {
  readonly protocolFactory: () => BaseProtocol;
  /** A unix server's path. */
  readonly unix?: UnixEnds;
  /** TLS: what the program gave, and how long a goodbye may take. */
  readonly tls?: { readonly sslcontext: unknown; readonly shutdownMs: number };
}

/** What the host is to call with each connection: it is accepted in the loop, in the context of whoever asks now. */
export function acceptor(loop: EventLoop, server: () => Server, accepting: Accepting): (socket: Socket) => void {
  const context = copyContext();
  return (socket) => {
    tolerateErrors(socket);
    if (loop.isClosed()) socket.destroy();
    else loop.callSoonIn(context.copy(), accept, loop, socket, server(), accepting);
  };
}

function accept(loop: EventLoop, socket: Socket, server: Server, accepting: Accepting): void {
  if (server._isClosed) {
    socket.destroy();
    return;
  }
  let protocol: BaseProtocol | undefined;
  try {
    protocol = accepting.protocolFactory();
    const { tls } = accepting;
    if (tls === undefined) {
      makeSocketTransport(loop, socket, protocol, null, { server, ...unixOf(accepting) });
      return;
    }
    const extra = { ...extraOf(socket), ...tlsExtra(socket as TLSSocket, tls.sslcontext) };
    new TlsTransport(loop, socket, protocol, { extra, server, shutdownMs: tls.shutdownMs })._begin(null);
  } catch (exception) {
    socket.destroy();
    if (!loop.getDebug()) return;
    const message = "Error on transport creation for incoming connection";
    loop.callExceptionHandler({ message, exception, ...(protocol === undefined ? {} : { protocol }) });
  }
}

function unixOf({ unix }: Accepting): { unix?: UnixEnds } {
  return unix === undefined ? {} : { unix };
}
