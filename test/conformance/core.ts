import { readFileSync } from "node:fs";
import { provideCore } from "../../bindings/wasm/instantiate.js";

/** The builds of the core that the corpus runs on. */
export const CORES: readonly string[] = ["release", "checked"];

/** Chooses the core for all loops made from here on. The release build is inlined and needs nothing. */
export function chooseCore(name: string): void {
  if (!CORES.includes(name)) throw new Error(`no core named '${name}'; there are ${CORES.join(" and ")}`);
  if (name === "release") return;
  provideCore(new WebAssembly.Module(readFileSync(new URL(`../../core.${name}.wasm`, import.meta.url))));
}
