// Serves the workers in this folder with miniflare, and prints the port. A process of its own: miniflare starts workerd as
// its child, which is killed with it.
import { readFileSync } from "node:fs";
import { requirePackage } from "../manifest.js";
import { BYTES_WORKER, CORE, WORKER } from "./bundles.js";

interface Miniflare {
  readonly ready: Promise<URL>;
}

/** Not later than what miniflare's workerd knows. */
const compatibilityDate = "2026-07-30";

const { Miniflare } = requirePackage("miniflare") as { Miniflare: new (options: object) => Miniflare };
const { port } = await new Miniflare({
  host: "127.0.0.1",
  port: 0,
  // It would ask the network where it is.
  cf: false,
  workers: [
    {
      name: "worker",
      compatibilityDate,
      modules: [
        { type: "ESModule", path: WORKER, contents: readFileSync(WORKER, "utf8") },
        { type: "CompiledWasm", path: CORE, contents: readFileSync(CORE) },
      ],
      unsafeEvalBinding: "UNSAFE_EVAL",
      serviceBindings: { BYTES: "bytes" },
    },
    {
      name: "bytes",
      compatibilityDate,
      modules: [{ type: "ESModule", path: BYTES_WORKER, contents: readFileSync(BYTES_WORKER, "utf8") }],
    },
  ],
}).ready;
console.log(JSON.stringify({ port: Number(port) }));
