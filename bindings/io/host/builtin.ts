// The host's own modules, fetched when first needed: `wasyncio/io` can be loaded anywhere, and a program that opens no TLS
// connection does not pay for node:tls.
import type * as childProcess from "node:child_process";
import type * as dgram from "node:dgram";
import type * as dns from "node:dns";
import type * as fs from "node:fs";
import type * as net from "node:net";
import type * as os from "node:os";
import type * as path from "node:path";
import type * as stream from "node:stream";
import type * as tls from "node:tls";
import type * as url from "node:url";
import { RuntimeError } from "../../errors/errors.js";

interface Modules {
  "node:child_process": typeof childProcess;
  "node:dgram": typeof dgram;
  "node:dns": typeof dns;
  "node:fs": typeof fs;
  "node:net": typeof net;
  "node:os": typeof os;
  "node:path": typeof path;
  "node:stream": typeof stream;
  "node:tls": typeof tls;
  "node:url": typeof url;
}

interface Host {
  readonly process?: { getBuiltinModule?: (name: string) => unknown };
}

const loaded = new Map<string, unknown>();

/** RuntimeError where the host has no such module. */
export function builtin<N extends keyof Modules>(name: N): Modules[N] {
  let module = loaded.get(name);
  if (module === undefined) {
    module = (globalThis as Host).process?.getBuiltinModule?.(name);
    if (module === undefined) {
      throw new RuntimeError(`this host has no ${name}: I/O needs Node 20.16 or later, Deno or Bun`);
    }
    loaded.set(name, module);
  }
  return module as Modules[N];
}
