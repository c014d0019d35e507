// Puts the core that WASYNCIO_CORE names under every loop of this process: `release`, which is the one that the package
// carries, or `checked`. The test runner imports this before each test file.
import { provideCore } from "../../bindings/wasm/instantiate.js";
import { areCoresReplaced, coreBytes } from "./coreFile.js";

export const coreName = process.env["WASYNCIO_CORE"] ?? "release";

if (coreName !== "release" || areCoresReplaced) provideCore(new WebAssembly.Module(coreBytes(coreName)));
