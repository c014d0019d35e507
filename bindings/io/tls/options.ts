// What a program says about TLS, and what the host is told.
import type { ConnectionOptions as HostConnectionOptions, TlsOptions } from "node:tls";
import { checkMilliseconds, describe } from "../../errors/checks.js";
import { ValueError } from "../../errors/errors.js";
import { builtin } from "../host/builtin.js";
import type { ClientSslOptions, Pem, SslOptions, TlsTimeouts } from "./sslOptions.js";

const HANDSHAKE_MS = 60_000;
const SHUTDOWN_MS = 30_000;

/** Checked, complete. */
export interface ClientTls {
  readonly host: HostConnectionOptions;
  readonly handshakeMs: number;
  readonly shutdownMs: number;
}

function checkSsl(ssl: unknown, where: string): SslOptions {
  if (ssl === true) return {};
  if (typeof ssl === "object" && ssl !== null) return ssl;
  throw new TypeError(`${where} expects true or an object of options as ssl, got ${describe(ssl)}`);
}

function checkTimeout(ms: number | null | undefined, isTls: boolean, name: string, fallback: number): number {
  if (ms === null || ms === undefined) return fallback;
  if (!isTls) throw new ValueError(`${name} is only meaningful with ssl`);
  checkMilliseconds(ms, name);
  if (ms <= 0) throw new ValueError(`${name} should be a positive number of milliseconds, got ${ms}`);
  return ms;
}

export function checkTimeouts(given: TlsTimeouts, isTls: boolean): { handshakeMs: number; shutdownMs: number } {
  return {
    handshakeMs: checkTimeout(given.sslHandshakeTimeout, isTls, "sslHandshakeTimeout", HANDSHAKE_MS),
    shutdownMs: checkTimeout(given.sslShutdownTimeout, isTls, "sslShutdownTimeout", SHUTDOWN_MS),
  };
}

/** `null` without TLS. */
export function checkClientSsl(options: ClientSslOptions, host: string | null): ClientTls | null {
  const isTls = options.ssl !== undefined && options.ssl !== null && options.ssl !== false;
  const timeouts = checkTimeouts(options, isTls);
  const { serverHostname } = options;
  if (!isTls) {
    if (typeof serverHostname === "string") throw new ValueError("serverHostname is only meaningful with ssl");
    return null;
  }
  const ssl = checkSsl(options.ssl, "createConnection");
  const name = serverHostname ?? ssl.servername ?? host ?? "";
  if (name === "" && serverHostname !== "") {
    throw new ValueError("You must set serverHostname when using ssl without a host");
  }
  return { host: { ...common(ssl), ...nameOptions(name) }, ...timeouts };
}

/** An address is no name to send, but the certificate has to be for it all the same. */
function nameOptions(name: string): HostConnectionOptions {
  if (name === "") return { checkServerIdentity: () => undefined };
  return builtin("node:net").isIP(name) === 0 ? { servername: name, host: name } : { host: name };
}

/** The host takes lists that it may change. */
function common(ssl: SslOptions): HostConnectionOptions & TlsOptions {
  const pem = (given: Pem | readonly Pem[]): (string | Buffer)[] =>
    [given].flat().map((each) => (typeof each === "string" ? each : Buffer.from(each)));
  return {
    ...(ssl.ca === undefined ? {} : { ca: pem(ssl.ca) }),
    ...(ssl.cert === undefined ? {} : { cert: pem(ssl.cert) }),
    ...(ssl.key === undefined ? {} : { key: pem(ssl.key) }),
    ...(ssl.rejectUnauthorized === undefined ? {} : { rejectUnauthorized: ssl.rejectUnauthorized }),
    ...(ssl.requestCert === undefined ? {} : { requestCert: ssl.requestCert }),
    ...(ssl.alpnProtocols === undefined ? {} : { ALPNProtocols: [...ssl.alpnProtocols] }),
  };
}

/** TypeError unless there is a certificate to show. */
export function serverTls(ssl: unknown, where: string): TlsOptions {
  const options = typeof ssl === "boolean" ? null : checkSsl(ssl, where);
  if (options?.cert === undefined || options.key === undefined) {
    throw new TypeError(`${where} expects ssl with a cert and a key, got ${describe(ssl)}`);
  }
  return common(options);
}
