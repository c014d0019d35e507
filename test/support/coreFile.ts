// The compiled cores: those of the build, or others from the folder that WASYNCIO_CORE_DIR names, such as the broken
// ones of test/mutants.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = process.env["WASYNCIO_CORE_DIR"];

/** Whether the cores are not those of the build, which the package carries inside. */
export const areCoresReplaced = folder !== undefined;

export function coreBytes(build: string): Uint8Array<ArrayBuffer> {
  const built = fileURLToPath(new URL("../../", import.meta.url));
  return new Uint8Array(readFileSync(join(folder ?? built, `core.${build}.wasm`)));
}
