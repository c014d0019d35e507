// Addresses as they go in and out.
import { describe } from "../../errors/checks.js";

/** An internet address, as `sockname` and `peername` are told. */
export interface SocketAddress {
  readonly address: string;
  readonly port: number;
  readonly family: "IPv4" | "IPv6";
}

/** The address of a unix socket; empty for one that was bound to none. */
export interface UnixAddress {
  readonly path: string;
}

/** An address to use: `[host, port]` as in Python, or an object as `getExtraInfo` gives. */
export type AddressLike =
  readonly [host: string, port: number] | { readonly address?: string; readonly host?: string; readonly port: number };

/** Which addresses are meant: 4, 6, or 0 for both. */
export type FamilyLike = 0 | 4 | 6 | "IPv4" | "IPv6";

/** What sockets say of themselves, on all hosts. */
interface EndPoints {
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

export function familyOf(address: string): "IPv4" | "IPv6" {
  return address.includes(":") ? "IPv6" : "IPv4";
}

export function socketAddress(address: string, port: number): SocketAddress {
  return { address, port, family: familyOf(address) };
}

export function localAddressOf({ localAddress, localPort }: EndPoints): SocketAddress | null {
  return localAddress === undefined || localPort === undefined ? null : socketAddress(localAddress, localPort);
}

export function remoteAddressOf({ remoteAddress, remotePort }: EndPoints): SocketAddress | null {
  return remoteAddress === undefined || remotePort === undefined ? null : socketAddress(remoteAddress, remotePort);
}

/** TypeError unless it is an address. */
export function parseAddress(given: unknown, where: string): { host: string; port: number } {
  const [host, port] = Array.isArray(given)
    ? (given as unknown[])
    : [
        (given as { address?: unknown } | null)?.address ?? (given as { host?: unknown } | null)?.host,
        (given as { port?: unknown } | null)?.port,
      ];
  if (typeof host !== "string") {
    throw new TypeError(`${where} expects an address, [host, port] or { address, port }, got ${describe(given)}`);
  }
  return { host, port: checkPort(port, where) };
}

/** A port as a number; digits in a string will do. */
export function checkPort(port: unknown, where: string): number {
  const number = typeof port === "string" && /^\d+$/.test(port) ? Number(port) : port;
  if (typeof number === "number" && Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
  throw new TypeError(`${where} expects a port, a whole number from 0 to 65535, got ${describe(port)}`);
}

/** 0, 4 or 6. */
export function checkFamily(family: unknown, where: string): 0 | 4 | 6 {
  if (family === undefined || family === null || family === 0) return 0;
  if (family === 4 || family === "IPv4") return 4;
  if (family === 6 || family === "IPv6") return 6;
  throw new TypeError(`${where} expects 4, 6 or 0 as the family, got ${describe(family)}`);
}

/** What a unix socket is called on either side. */
export interface UnixEnds {
  readonly sockname: UnixAddress;
  readonly peername: UnixAddress;
}
