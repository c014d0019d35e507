import type { FamilyLike } from "../host/address.js";
import type { SslOptions, TlsTimeouts } from "../tls/sslOptions.js";

export interface ListeningOptions extends TlsTimeouts {
  /** How many connections may wait to be accepted. Default 100. */
  backlog?: number;
  /** TLS; a certificate and its key are needed. */
  ssl?: SslOptions | null;
  /** `false` waits for startServing() or serveForever(). Default true. */
  startServing?: boolean;
}

export interface ServerOptions extends ListeningOptions {
  /** Only addresses of this family. */
  family?: FamilyLike;
  /** Several processes may listen at the same address, where the host can do that. */
  reusePort?: boolean;
  /** TCP keep-alive on each connection. */
  keepAlive?: boolean;
}
