import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { CORPUS_FILES } from "../../../conformance/corpus.js";
import { addResult, emptyResult, type Result } from "../result.js";
import type { Report, Session, Suite, Target } from "../target.js";
import { startSocketServer } from "./socketServer.js";
import { BY_ITSELF, BY_MINIFLARE, MINIFLARE, WORKERD, WorkerdServer } from "./server.js";

const REQUEST_MS = 60_000;

function missing(path: string): () => string | null {
  return () => (existsSync(path) ? null : `${path} is not there`);
}

export const WORKERD_TARGETS: readonly Target[] = [
  {
    name: "workerd",
    proof: /^Cloudflare-Workers$/,
    missing: missing(WORKERD),
    open: async () => sessionOf(await WorkerdServer.start(BY_ITSELF), await startSocketServer()),
  },
  {
    name: "miniflare",
    proof: /^Cloudflare-Workers$/,
    missing: missing(MINIFLARE),
    open: async () => sessionOf(await WorkerdServer.start(BY_MINIFLARE), await startSocketServer()),
  },
];

function sessionOf(server: WorkerdServer, sockets: Awaited<ReturnType<typeof startSocketServer>>): Session {
  async function ask(path: string, body = ""): Promise<Report> {
    const signal = AbortSignal.timeout(REQUEST_MS);
    const response = await fetch(server.urlOf(path), { method: "POST", body, signal });
    const text = await response.text();
    if (!response.ok) throw new Error(`status ${response.status}: ${text}\n${server.child.tail(20)}`);
    return JSON.parse(text) as Report;
  }
  const twiceAtOnce = async (path: string): Promise<Report> => sumOf(await Promise.all([ask(path), ask(path)]));

  const corpus = (): string =>
    CORPUS_FILES.map((file) => gunzipSync(readFileSync(file)).toString("utf8").trimEnd()).join("\n");

  const suites: Suite[] = [
    { name: "portable", run: () => ask("/portable") },
    { name: "portable, the next request", run: () => ask("/portable") },
    { name: "portable, two requests at once", run: () => twiceAtOnce("/portable") },
    { name: "a loop for each request", run: () => twiceAtOnce("/loops") },
    { name: "a busy loop and an answer", run: () => ask("/busy") },
    { name: "the entry for tests", run: () => ask("/testing") },
    { name: "no background loop", run: () => ask("/background") },
    { name: "no compiling of bytes", run: () => ask("/bytes") },
    { name: "a fetch handler", run: () => twiceAtOnce("/handler") },
    { name: "sockets", run: () => ask("/sockets", String(sockets.port)) },
    { name: "conformance", run: () => ask("/conformance", corpus()) },
  ];
  const close = async (): Promise<void> => {
    sockets.server.close();
    await server.stop();
  };
  return { suites, close };
}

function sumOf(reports: readonly Report[]): Report {
  const total: Result = emptyResult();
  for (const { result } of reports) {
    addResult(total, result);
    total.notes.push(...result.notes);
  }
  return { identity: reports[0]!.identity, result: total };
}
