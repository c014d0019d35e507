// Puts the core that WASYNCIO_CORE names under every loop of this process: `release`, which is the one that the package
// carries, or `checked`. The test runner imports this before each test file.
import { readFileSync } from "node:fs";
import { provideCore } from "../../bindings/wasm/instantiate.js";

export const coreName = process.env["WASYNCIO_CORE"] ?? "release";

if (coreName !== "release") {
  provideCore(new WebAssembly.Module(readFileSync(new URL(`../../core.${coreName}.wasm`, import.meta.url))));
}
