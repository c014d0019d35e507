// The core is compiled once per program and instantiated once per loop. Compiling is synchronous: a few KiB take well
// under a millisecond, and the root import needs no top-level await.
import { RuntimeError } from "../errors/errors.js";
import { CORE_HEX } from "./bytes.js";
import type { CoreExports } from "./exports.js";

let compiled: WebAssembly.Module | undefined;

/**
 * Gives the core as a ready module, for hosts that import `wasyncio/core.wasm` and forbid compiling bytes, or to put
 * another build of it under the loops made from now on.
 */
export function provideCore(module: WebAssembly.Module): void {
  if (typeof WebAssembly !== "object") throw new RuntimeError(NO_WEBASSEMBLY);
  if (!(module instanceof WebAssembly.Module)) {
    throw new TypeError("provideCore expects a WebAssembly.Module, as an import of 'wasyncio/core.wasm' gives");
  }
  compiled = module;
}

const NO_WEBASSEMBLY =
  "this host has no WebAssembly, which the event loop is made of; it runs in Node, Deno, Bun, workerd and browsers that do";

/** @internal Two digits a byte: zipped half a KiB less than base64, since what the bytes repeat stays a repetition. */
export function decodeHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

function compile(): WebAssembly.Module {
  if (typeof WebAssembly !== "object") throw new RuntimeError(NO_WEBASSEMBLY);
  try {
    return new WebAssembly.Module(decodeHex(CORE_HEX));
  } catch (cause) {
    throw refused(cause);
  }
}

function refused(cause: unknown): RuntimeError {
  return new RuntimeError(
    "the host refused to compile the event loop's WebAssembly core. A page needs 'wasm-unsafe-eval' in the script-src " +
      "of its Content-Security-Policy; a host that forbids compiling bytes needs the module: import it from " +
      "'wasyncio/core.wasm'",
    { cause },
  );
}

/** An instance that was made elsewhere, for the loop that is made next. */
let given: CoreExports | null = null;

/** @internal Calls `make`, which makes a loop, so that the loop stands on `instance`. */
export function withInstance<T>(instance: CoreExports, make: () => T): T {
  given = instance;
  try {
    return make();
  } finally {
    given = null;
  }
}

export function instantiate(): CoreExports {
  if (given !== null) {
    const instance = given;
    given = null;
    return instance;
  }
  compiled ??= compile();
  try {
    return new WebAssembly.Instance(compiled).exports as unknown as CoreExports;
  } catch (error) {
    // WebKit takes the bytes and asks the Content-Security-Policy only here.
    throw error instanceof WebAssembly.CompileError ? refused(error) : error;
  }
}
