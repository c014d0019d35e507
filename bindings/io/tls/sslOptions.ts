// What a program says about TLS. Types alone, and none of the host's: EventLoop declares methods that take them.

export type Pem = string | Uint8Array;

/** Certificates and rules for a TLS connection. */
export interface SslOptions {
  /** Certificates to trust, as PEM; by default the host's own list. */
  ca?: Pem | readonly Pem[];
  /** This side's certificate, as PEM; a server must have one. */
  cert?: Pem | readonly Pem[];
  /** The private key that goes with it, as PEM. */
  key?: Pem | readonly Pem[];
  /** The name that the server's certificate must have; by default the host connected to. */
  servername?: string;
  /** `false` accepts a peer whose certificate cannot be verified. Default true. */
  rejectUnauthorized?: boolean;
  /** On a server: ask clients for a certificate. */
  requestCert?: boolean;
  /** Protocols to agree on, the preferred first. */
  alpnProtocols?: readonly string[];
}

export interface TlsTimeouts {
  /** Milliseconds for the handshake. Default 60,000. */
  sslHandshakeTimeout?: number | null;
  /** Milliseconds for the peer to end the connection as well, after close(). Default 30,000. */
  sslShutdownTimeout?: number | null;
}

export interface ClientSslOptions extends TlsTimeouts {
  /** TLS: `true` for the host's defaults, or certificates and rules. */
  ssl?: boolean | SslOptions | null;
  /** The name that the server's certificate must have, instead of the host; `""` accepts any name. */
  serverHostname?: string | null;
}
