// Serves the built project and the pages of the suites to one browser, and collects what the pages send back.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { existsSync, readFileSync, statSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";
import { gunzipSync } from "node:zlib";
import { CORPUS_FILES } from "../../../conformance/corpus.js";
import { root } from "../manifest.js";
import { STAND_INS, withMacrotask } from "../standIns/table.js";
import type { Report } from "../target.js";
import type { PageSuite } from "./suites.js";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  map: "application/json",
  wasm: "application/wasm",
  jsonl: "text/plain; charset=utf-8",
};

const NO_CACHE = { "cache-control": "no-store" };

/** Each frame loads the same files; a browser starts with an empty profile, so nothing is older than the build. */
const CACHED = { "cache-control": "max-age=3600" };

const ASKING_MS = 3000;

function importMap(): string {
  const entries = Object.entries(STAND_INS).map(([name, path]) => [name, `/${path}`]);
  return JSON.stringify({ imports: { ...Object.fromEntries(entries), wasyncio: "/dist/bindings/index.js" } });
}

/** A page's own script comes from a file: with a Content-Security-Policy nothing inline would run. */
function htmlOf({ script, csp }: PageSuite): string {
  const map = csp === undefined ? `<script type="importmap">${importMap()}</script>` : "";
  return `<!doctype html><meta charset="utf-8"><title>wasyncio</title>${map}<script type="module" src="/${script}"></script>`;
}

export class PageServer {
  readonly #server: Server;
  readonly #files: Readonly<Record<string, () => string>>;
  readonly #suites: ReadonlyMap<string, PageSuite>;
  #deliver: ((report: Report) => void) | null = null;
  /** A page that is done and asks where to go. */
  #asking: ServerResponse | null = null;
  #onAsking: (() => void) | null = null;

  /** `files`: texts that are made when asked for, by path. */
  constructor(suites: readonly PageSuite[], files: Readonly<Record<string, () => string>>) {
    this.#suites = new Map(suites.map((suite) => [suite.name, suite]));
    this.#files = files;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        response.writeHead(500, NO_CACHE).end(String(error));
      });
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  urlOf(suite: PageSuite): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/page/${suite.name}`;
  }

  /** What the next page to finish sends. */
  nextReport(): Promise<Report> {
    return new Promise((resolve) => (this.#deliver = resolve));
  }

  /** Sends the page that is done to `url`, which it asks for a moment after its report; false if none does. */
  async lead(url: string): Promise<boolean> {
    if (this.#asking === null) {
      const timer = setTimeout(() => this.#onAsking?.(), ASKING_MS);
      await new Promise<void>((resolve) => (this.#onAsking = resolve));
      clearTimeout(timer);
      this.#onAsking = null;
    }
    const asking = this.#asking;
    this.#asking = null;
    if (asking === null || asking.destroyed) return false;
    asking.writeHead(200, NO_CACHE).end(url);
    return true;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = normalize(new URL(request.url!, "http://localhost").pathname).slice(1);
    if (request.method === "POST") {
      let body = "";
      for await (const chunk of request.setEncoding("utf8")) body += String(chunk);
      response.writeHead(204, NO_CACHE).end();
      this.#deliver?.(JSON.parse(body) as Report);
      return;
    }
    if (path === "next") {
      this.#asking = response;
      this.#onAsking?.();
      return;
    }
    const suite = path.startsWith("page/") ? this.#suites.get(path.slice("page/".length)) : undefined;
    if (suite !== undefined) {
      const csp = suite.csp === undefined ? {} : { "content-security-policy": suite.csp };
      response.writeHead(200, { "content-type": TYPES["html"]!, ...NO_CACHE, ...csp }).end(htmlOf(suite));
      return;
    }
    const body = this.#read(path);
    if (body === null) response.writeHead(404, NO_CACHE).end();
    else
      response.writeHead(200, { "content-type": TYPES[path.split(".").at(-1)!] ?? "text/plain", ...CACHED }).end(body);
  }

  #read(path: string): string | Buffer | null {
    const made = this.#files[path];
    if (made !== undefined) return made();
    const corpus = CORPUS_FILES.find((file) => file.endsWith(`/${path.replace(/^corpus\//, "")}.gz`));
    if (corpus !== undefined) return gunzipSync(readFileSync(corpus));
    const file = join(root, path);
    if (!path.startsWith("dist/") || !existsSync(file) || !statSync(file).isFile()) return null;
    const bytes = readFileSync(file);
    return path.endsWith(".js") ? withMacrotask(path, bytes.toString("utf8"), (other) => `/${other}`) : bytes;
  }
}
