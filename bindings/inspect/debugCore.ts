// The debug core, bound by as-bind.
import type { CoreExports } from "../wasm/exports.js";
import { decodeHex } from "../wasm/instantiate.js";
import { converters, instantiateSync, type AsBindInstance } from "./asBind.js";
import { DEBUG_CORE_HEX } from "./debugBytes.js";
import type { Inspector } from "./pictures.js";

export interface DebugCore {
  /** The functions as they are, as a loop calls them. */
  readonly exports: CoreExports;
  readonly inspector: Inspector;
}

/** A managed object's size in bytes stands in the word in front of it. */
const SIZE_OFFSET = -4;

/** So many code units are turned into text at once: each is an argument of a call. */
const CHUNK = 1024;

function readString({ loadedModule }: AsBindInstance, pointer: number): string {
  const { memory } = loadedModule.instance.exports as unknown as CoreExports;
  const bytes = new DataView(memory.buffer).getUint32(pointer + SIZE_OFFSET, true);
  const units = new Uint16Array(memory.buffer, pointer, bytes >>> 1);
  let text = "";
  for (let i = 0; i < units.length; i += CHUNK) text += String.fromCharCode(...units.subarray(i, i + CHUNK));
  return text;
}

let bytes: Uint8Array<ArrayBuffer> | undefined;

/** A new instance of the debug core, for one loop. */
export function makeDebugCore(): DebugCore {
  // as-bind refuses a string whose class is not number 1, as it was in the compiler that it was made for; now it is 2.
  converters.set("~lib/string/String", {
    ascToJs: readString,
    jsToAsc: () => {
      throw new TypeError("the debug core takes no strings");
    },
  });
  bytes ??= decodeHex(DEBUG_CORE_HEX);
  const instance = instantiateSync(bytes, {});
  return {
    exports: instance.loadedModule.instance.exports as unknown as CoreExports,
    inspector: instance.exports as Inspector,
  };
}
