/** A server of node:net or node:tls, as far as ours has to know it: the package's types need none of the host's. */
export interface HostServer {
  readonly listening: boolean;
  address(): { readonly address: string; readonly port: number } | string | null;
  listen(options: object): unknown;
  close(): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  once(event: "error", listener: (error: Error) => void): unknown;
  once(event: "listening", listener: () => void): unknown;
  off(event: "error", listener: (error: Error) => void): unknown;
}

/** One of the host's servers, and where it listens. */
export interface Listener {
  readonly host: HostServer;
  readonly options: object;
  /** Listening elsewhere will do. */
  readonly isOptional: boolean;
}
