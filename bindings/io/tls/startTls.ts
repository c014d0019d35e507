import { describe } from "../../errors/checks.js";
import { RuntimeError, ValueError } from "../../errors/errors.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine } from "../../tasks/coroutine.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import { StreamTransport } from "../transports/streamTransport.js";
import type { Transport } from "../transports/transport.js";
import { shakeAsClient, shakeAsServer } from "./handshake.js";
import { checkClientSsl, checkTimeouts, serverTls } from "./options.js";
import type { SslOptions, TlsTimeouts } from "./sslOptions.js";
import { tlsExtra, TlsTransport } from "./tlsTransport.js";

export interface StartTlsOptions extends TlsTimeouts {
  /** This side is the one that shows a certificate first. */
  serverSide?: boolean;
  /** The name that the server's certificate must have; `""` accepts any name. */
  serverHostname?: string | null;
}

/**
 * Upgrades a plain connection to TLS, in the middle of it: gives the transport that `protocol` uses from now on. The old
 * one is no longer of use. The protocol's connectionMade() is not called again. Fails as the handshake does, and the
 * connection is closed then.
 */
export const startTls = coroutine(function* (
  this: EventLoop,
  transport: Transport,
  protocol: BaseProtocol,
  ssl: true | SslOptions,
  options: StartTlsOptions = {},
): Steps<Transport> {
  if (!(transport instanceof StreamTransport) || !transport._isUpgradable) {
    throw new TypeError(`startTls expects the transport of a plain connection, got ${describe(transport)}`);
  }
  const { serverSide = false, ...rest } = options;
  if (serverSide && typeof options.serverHostname === "string") {
    throw new ValueError("serverHostname is only meaningful on the client's side");
  }
  if (serverSide && ssl !== true && ssl.requestCert === true) {
    throw new ValueError(
      "startTls can not ask the client for a certificate: this host verifies those of a TLS server only",
    );
  }
  const client = serverSide ? null : checkClientSsl({ ...rest, ssl }, null);
  const server = serverSide ? serverTls(ssl, "startTls") : null;
  const timeouts = checkTimeouts(options, true);
  if (transport.isClosing()) throw new RuntimeError("the transport is closing; there is nothing to upgrade");

  transport.pauseReading();
  // What was written before goes out as it is.
  try {
    yield* transport._makeEmptyWaiter();
  } catch (error) {
    transport.abort();
    throw error;
  }
  const { socket, server: owner } = transport._giveUp();
  try {
    const secured = yield* client === null
      ? shakeAsServer(this, socket, server!, timeouts.handshakeMs)
      : shakeAsClient(this, socket, client);
    const extra = { ...transport._extra, ...tlsExtra(secured, ssl) };
    const upgraded = new TlsTransport(this, secured, protocol, {
      extra,
      server: owner,
      shutdownMs: timeouts.shutdownMs,
    });
    upgraded._startReading();
    return upgraded;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    owner?._detachTransport(transport);
  }
});
