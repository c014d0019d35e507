import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { CORPUS_FILES } from "../../../conformance/corpus.js";
import { addResult, emptyResult, type Result } from "../result.js";
import type { Report, Session, Suite, Target } from "../target.js";
import { WORKERD, WorkerdServer, type Service } from "./server.js";

const REQUEST_MS = 300_000;

export const WORKERD_TARGET: Target = {
  name: "workerd",
  proof: /^Cloudflare-Workers$/,
  missing: () => (existsSync(WORKERD) ? null : `${WORKERD} is not there`),
  open: async () => sessionOf(await WorkerdServer.start()),
};

function sessionOf(server: WorkerdServer): Session {
  async function ask(service: Service, path: string, body = ""): Promise<Report> {
    const response = await fetch(server.urlOf(service, path), {
      method: "POST",
      body,
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`status ${response.status}: ${text}\n${server.child.tail(20)}`);
    return JSON.parse(text) as Report;
  }

  const corpus = (): string =>
    CORPUS_FILES.map((file) => gunzipSync(readFileSync(file)).toString("utf8").trimEnd()).join("\n");

  const suites: Suite[] = [
    { name: "portable", run: () => ask("worker", "/portable") },
    { name: "portable, the next request", run: () => ask("worker", "/portable") },
    {
      name: "portable, two requests at once",
      run: async () => sumOf(await Promise.all([ask("worker", "/portable"), ask("worker", "/portable")])),
    },
    { name: "no background loop", run: () => ask("worker", "/background") },
    { name: "no compiling of bytes", run: () => ask("bytes", "/") },
    { name: "conformance", run: () => ask("worker", "/conformance", corpus()) },
  ];
  return { suites, close: () => server.stop() };
}

function sumOf(reports: readonly Report[]): Report {
  const total: Result = emptyResult();
  for (const { result } of reports) {
    addResult(total, result);
    total.notes.push(...result.notes);
  }
  return { identity: reports[0]!.identity, result: total };
}
