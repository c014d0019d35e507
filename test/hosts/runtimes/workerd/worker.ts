// Runs in workerd, bundled with the package's `workerd` condition. Each request runs one suite, within itself: timers and
// promises of one request are not for another.
import * as library from "../../../../bindings/index.js";
import { createTask, RuntimeError, sleep } from "../../../../bindings/index.js";
import "../portable.test.js";
import { runCorpus } from "../corpusRun.js";
import { failedResult, emptyResult, type Result } from "../result.js";
import { describe, runTests } from "../standIns/nodeTest.js";
import type { Report } from "../target.js";

interface Environment {
  /** The one way to compile source text; in production there is none. */
  readonly UNSAFE_EVAL: { newFunction(source: string, name: string, ...parameters: string[]): unknown };
}

/** What `new Function` has become in the programs of the corpus. */
declare global {
  var newFunction: (...parametersAndSource: string[]) => unknown;
}

/** A loop outside of every request would serve several. */
async function refuseBackground(): Promise<Result> {
  try {
    await createTask(sleep(1));
  } catch (error) {
    const isRight = error instanceof RuntimeError && /\brun\b.*\btoFetchHandler\b/.test(error.message);
    return isRight ? { ...emptyResult(), passed: 1 } : failedResult(`not the right refusal: ${describe(error)}`);
  }
  return failedResult("the background loop has run a task");
}

async function suiteOf(request: Request): Promise<Result> {
  switch (new URL(request.url).pathname) {
    case "/portable":
      return runTests();
    case "/background":
      return refuseBackground();
    case "/conformance":
      return runCorpus((await request.text()).trimEnd().split("\n"), library);
    default:
      return failedResult(`no suite ${request.url}`);
  }
}

const worker = {
  async fetch(request: Request, { UNSAFE_EVAL }: Environment): Promise<Response> {
    globalThis.newFunction = (...parameters) => UNSAFE_EVAL.newFunction(parameters.pop()!, "program", ...parameters);
    const result = await suiteOf(request).catch((error: unknown) => failedResult(describe(error)));
    const report: Report = { identity: navigator.userAgent, result };
    return Response.json(report);
  },
};

// workerd asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default worker;
