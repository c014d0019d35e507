// One workerd with both workers, each on a port of its own.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { bundle } from "../bundle.js";
import { pathInPackage, root } from "../manifest.js";
import { Child } from "../process.js";

const FOLDER = "dist/test/hosts/runtimes/workerd";

/** Not later than what the pinned workerd knows. */
const COMPATIBILITY_DATE = "2026-11-17";

export const WORKERD = pathInPackage("workerd", "bin/workerd");

const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "worker", worker = .worker), (name = "bytes", worker = .bytes)],
  sockets = [
    (name = "worker", address = "127.0.0.1:0", http = (), service = "worker"),
    (name = "bytes", address = "127.0.0.1:0", http = (), service = "bytes"),
  ],
);
const worker :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "core.release.wasm", wasm = embed "core.release.wasm"),
  ],
  bindings = [(name = "UNSAFE_EVAL", unsafeEval = void)],
  compatibilityDate = "${COMPATIBILITY_DATE}",
);
const bytes :Workerd.Worker = (
  modules = [(name = "bytes.js", esModule = embed "bytes.js")],
  compatibilityDate = "${COMPATIBILITY_DATE}",
);
`;

export type Service = "worker" | "bytes";

export class WorkerdServer {
  readonly child: Child;
  readonly #folder: string;
  readonly #ports: Map<string, number>;

  static async start(): Promise<WorkerdServer> {
    const folder = mkdtempSync(join(tmpdir(), "wasyncio-workerd-"));
    const conditions = ["workerd", "worker", "browser"];
    const newFunction = (source: string): string => source.replaceAll("new Function(", "newFunction(");
    writeFileSync(join(folder, "worker.js"), await bundle(`${FOLDER}/worker.js`, { conditions, change: newFunction }));
    writeFileSync(join(folder, "bytes.js"), await bundle(`${FOLDER}/bytesWorker.js`));
    copyFileSync(join(root, "dist/core.release.wasm"), join(folder, "core.release.wasm"));
    writeFileSync(join(folder, "config.capnp"), CONFIG);
    const server = new WorkerdServer(folder);
    await server.#listening();
    return server;
  }

  private constructor(folder: string) {
    this.#folder = folder;
    this.#ports = new Map();
    this.child = new Child(WORKERD, ["serve", "--experimental", "--control-fd=3", "config.capnp"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
  }

  urlOf(service: Service, path: string): string {
    return `http://127.0.0.1:${this.#ports.get(service)}${path}`;
  }

  async stop(): Promise<void> {
    await this.child.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** workerd tells its ports on the control descriptor. */
  async #listening(): Promise<void> {
    const control = this.child.process.stdio[3] as Readable;
    let pending = "";
    const heard = new Promise<void>((resolve) => {
      control.setEncoding("utf8").on("data", (text: string) => {
        const lines = (pending + text).split("\n");
        pending = lines.pop()!;
        for (const line of lines.filter((each) => each !== "")) {
          const { socket, port } = JSON.parse(line) as { socket: string; port: number };
          this.#ports.set(socket, port);
        }
        if (this.#ports.size === 2) resolve();
      });
    });
    const ended = this.child.ended.then((status) => {
      throw new Error(`workerd ended with ${status}:\n${this.child.tail(20)}`);
    });
    await Promise.race([heard, ended]);
    ended.catch(() => {});
  }
}
