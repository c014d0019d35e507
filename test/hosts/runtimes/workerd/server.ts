// Two ways to workerd: the program itself, and miniflare, which is what `wrangler dev` runs and brings its own workerd.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { pathInPackage } from "../manifest.js";
import { Child } from "../process.js";
import { BYTES_WORKER, CORE, WORKER, writeBundles } from "./bundles.js";

const START_MS = 30_000;

/** Not later than what the pinned workerd knows. */
const COMPATIBILITY_DATE = "2026-11-17";

export const WORKERD = pathInPackage("workerd", "bin/workerd");
export const MINIFLARE = pathInPackage("miniflare", "package.json");

const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    (name = "bytes", worker = .bytes),
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "worker", address = "127.0.0.1:0", http = (), service = "worker")],
);
const worker :Workerd.Worker = (
  modules = [
    (name = "${WORKER}", esModule = embed "${WORKER}"),
    (name = "${CORE}", wasm = embed "${CORE}"),
  ],
  bindings = [(name = "UNSAFE_EVAL", unsafeEval = void), (name = "BYTES", service = "bytes")],
  compatibilityDate = "${COMPATIBILITY_DATE}",
);
const bytes :Workerd.Worker = (
  modules = [(name = "${BYTES_WORKER}", esModule = embed "${BYTES_WORKER}")],
  compatibilityDate = "${COMPATIBILITY_DATE}",
);
`;

/** A started server; it writes a line of JSON with its `port` to the descriptor `told`. */
interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly told: number;
}

export const BY_ITSELF: Start = {
  command: WORKERD,
  args: ["serve", "--experimental", "--control-fd=3", "config.capnp"],
  told: 3,
};

export const BY_MINIFLARE: Start = {
  command: process.execPath,
  args: [fileURLToPath(new URL("miniflareMain.js", import.meta.url))],
  told: 1,
};

export class WorkerdServer {
  readonly child: Child;
  readonly #folder: string;
  #port = 0;

  static async start(how: Start): Promise<WorkerdServer> {
    const folder = mkdtempSync(join(tmpdir(), "wasyncio-workerd-"));
    await writeBundles(folder);
    writeFileSync(join(folder, "config.capnp"), CONFIG);
    const server = new WorkerdServer(folder, how);
    try {
      server.#port = await server.#tells(server.child.process.stdio[how.told] as Readable);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  private constructor(folder: string, { command, args }: Start) {
    this.#folder = folder;
    this.child = new Child(command, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe", "pipe"] });
  }

  urlOf(path: string): string {
    return `http://127.0.0.1:${this.#port}${path}`;
  }

  async stop(): Promise<void> {
    await this.child.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #tells(stream: Readable): Promise<number> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no port after ${START_MS} ms`)), START_MS);
      let text = "";
      stream.setEncoding("utf8").on("data", (more: string) => {
        text += more;
        const port = /"port":(\d+)[^\n]*\n/.exec(text)?.[1];
        if (port !== undefined) resolve(Number(port));
      });
      const onEnd = (status: number | null): void =>
        reject(new Error(`workerd ended with ${status}:\n${this.child.tail(20)}`));
      this.child.ended.then(onEnd, reject).finally(() => clearTimeout(timer));
    });
  }
}
