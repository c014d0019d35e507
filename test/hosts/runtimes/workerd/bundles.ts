// What is served in workerd, however it is started: two workers and the core.
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../bundle.js";
import { root } from "../manifest.js";

const FOLDER = "dist/test/hosts/runtimes/workerd";

/** As wrangler bundles: the package's `workerd` entry is found by these conditions. */
const CONDITIONS = ["workerd", "worker", "browser"];

/** The names of the files. */
export const WORKER = "worker.js";
export const BYTES_WORKER = "bytes.js";
export const CORE = "core.release.wasm";

/** Writes them into `folder`. */
export async function writeBundles(folder: string): Promise<void> {
  const withNewFunction = (source: string): string => source.replaceAll("new Function(", "newFunction(");
  const options = { conditions: CONDITIONS, change: withNewFunction };
  writeFileSync(join(folder, WORKER), await bundle(`${FOLDER}/worker.js`, options));
  writeFileSync(join(folder, BYTES_WORKER), await bundle(`${FOLDER}/bytesWorker.js`));
  copyFileSync(join(root, "dist", CORE), join(folder, CORE));
}
