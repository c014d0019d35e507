// Handshakes: a plain socket becomes a TLS one.
import type { Socket } from "node:net";
import type { TLSSocket, TLSSocketOptions } from "node:tls";
import { ConnectionAbortedError } from "../../errors/osErrors.js";
import type { Future } from "../../futures/future.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine } from "../../tasks/coroutine.js";
import { tolerateErrors } from "../connect/connectSocket.js";
import { extraOf, waitUntilMade } from "../connect/makeTransport.js";
import type { UnixEnds } from "../host/address.js";
import { builtin } from "../host/builtin.js";
import { HostOperation } from "../host/hostOperation.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import type { ClientTls } from "./options.js";
import { tlsExtra, TlsTransport } from "./tlsTransport.js";

/** Waits for the end of the handshake that `socket` has begun. */
function handshaken(
  loop: EventLoop,
  socket: TLSSocket,
  below: Socket,
  event: "secure" | "secureConnect",
  milliseconds: number,
): Future<TLSSocket> {
  const operation = new HostOperation<TLSSocket>(loop, () => socket.destroy());
  tolerateErrors(socket);
  const timer = loop.callLater(milliseconds, () => {
    socket.destroy();
    operation.fail(
      new ConnectionAbortedError(`TLS handshake is taking longer than ${milliseconds} ms: aborting the connection`),
    );
  });
  operation.future.addDoneCallback(() => timer.cancel());
  socket.once("error", (error) => operation.fail(error));
  const onClose = (): void =>
    void operation.fail({ code: "ECONNRESET", message: "the peer has left the TLS handshake" });
  socket.once("end", onClose);
  socket.once("close", onClose);
  // Some hosts tell it of the socket below alone.
  below.once("close", onClose);
  socket.once(event, () => {
    if (!operation.succeed(socket)) socket.destroy();
  });
  return operation.future;
}

/** Begins the client's side on a connected socket. */
export function shakeAsClient(loop: EventLoop, socket: Socket, tls: ClientTls): Future<TLSSocket> {
  const secured = builtin("node:tls").connect({ ...tls.host, socket });
  return handshaken(loop, secured, socket, "secureConnect", tls.handshakeMs);
}

/** Begins the server's side on an accepted socket. */
export function shakeAsServer(
  loop: EventLoop,
  socket: Socket,
  options: TLSSocketOptions,
  milliseconds: number,
): Future<TLSSocket> {
  const { TLSSocket: SecureSocket, createSecureContext } = builtin("node:tls");
  const secureContext = createSecureContext(options);
  const secured = new SecureSocket(socket, { ...options, isServer: true, secureContext });
  return handshaken(loop, secured, socket, "secure", milliseconds);
}

export const startClientTls = coroutine(function* (
  loop: EventLoop,
  socket: Socket,
  protocol: BaseProtocol,
  tls: ClientTls,
  unix?: UnixEnds,
): Steps<TlsTransport> {
  const extra = extraOf(socket, unix);
  let secured: TLSSocket;
  try {
    secured = yield* shakeAsClient(loop, socket, tls);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  const waiter = loop.createFuture<void>();
  const transport = new TlsTransport(loop, secured, protocol, {
    extra: { ...extra, ...tlsExtra(secured, tls.host) },
    server: null,
    shutdownMs: tls.shutdownMs,
  });
  transport._begin(waiter);
  yield* waitUntilMade(transport, waiter);
  return transport;
});
