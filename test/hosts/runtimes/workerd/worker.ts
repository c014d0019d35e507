// Runs in workerd, bundled with the package's `workerd` condition. Each request runs one suite, within itself: timers and
// promises of one request are not for another.
import * as library from "../../../../bindings/index.js";
import { createTask, getRunningLoop, run, RuntimeError, sleep, type EventLoop } from "../../../../bindings/index.js";
import { runVirtual } from "../../../../bindings/testing.js";
import "../portable.test.js";
import { runCorpus } from "../corpusRun.js";
import { failedResult, emptyResult, type Result } from "../result.js";
import { describe, runTests } from "../standIns/nodeTest.js";
import type { Report } from "../target.js";
import { testFetchHandler } from "./fetchHandler.js";
import { runSocketTests } from "./sockets.js";

interface Environment {
  /** The one way to compile source text; in production there is none. */
  readonly UNSAFE_EVAL: { newFunction(source: string, name: string, ...parameters: string[]): unknown };
  /** The other worker. */
  readonly BYTES: { fetch(request: Request | string): Promise<Response> };
}

/** What `new Function` has become in the programs of the corpus. */
declare global {
  var newFunction: (...parametersAndSource: string[]) => unknown;
}

const PASSED: Result = { ...emptyResult(), passed: 1 };

/** A loop outside of every request would serve several. */
async function refuseBackground(): Promise<Result> {
  try {
    await createTask(sleep(1));
  } catch (error) {
    const isRight = error instanceof RuntimeError && /\brun\b.*\btoFetchHandler\b/.test(error.message);
    return isRight ? PASSED : failedResult(`not the right refusal: ${describe(error)}`);
  }
  return failedResult("the background loop has run a task");
}

/** Of the requests that are being answered. */
const loops = new Set<EventLoop>();

/** Two of these run at once. */
function haveLoopOfItsOwn(): Promise<Result> {
  return run(function* (task) {
    const loop = task.getLoop();
    if (loops.has(loop)) return failedResult("another request has this loop");
    loops.add(loop);
    let most = 0;
    for (let i = 0; i < 500 && most < 2; i++) {
      yield* sleep(2);
      if (getRunningLoop() !== loop) return failedResult("another loop runs this request");
      most = Math.max(most, loops.size);
    }
    // The other one has to see it as well.
    yield* sleep(50);
    loops.delete(loop);
    return most === 2 ? PASSED : failedResult(`${most} loops at once`);
  });
}

/** workerd lets neither timers nor answers through while messages are waiting. */
function answerBusyLoop(other: Environment["BYTES"]): Promise<Result> {
  return run(function* () {
    let isAnswered = false;
    const answer = other.fetch("http://bytes/").then((response) => {
      isAnswered = true;
      return response.text();
    });
    while (!isAnswered) yield;
    yield answer;
    return PASSED;
  });
}

const HOUR = 3_600_000;

/** The `wasyncio/testing` entry, with the same core. */
function sleepVirtually(): Result {
  const time = runVirtual(function* (task) {
    yield* sleep(HOUR);
    return task.getLoop().time();
  });
  return time >= HOUR ? PASSED : failedResult(`after an hour it was ${time}`);
}

async function suiteOf(request: Request, { BYTES }: Environment): Promise<Result> {
  switch (new URL(request.url).pathname) {
    case "/portable":
      return runTests();
    case "/loops":
      return haveLoopOfItsOwn();
    case "/busy":
      return answerBusyLoop(BYTES);
    case "/testing":
      return sleepVirtually();
    case "/background":
      return refuseBackground();
    case "/handler":
      return testFetchHandler(request);
    case "/sockets":
      return runSocketTests(Number(await request.text()));
    case "/conformance":
      return runCorpus((await request.text()).trimEnd().split("\n"), library);
    default:
      return failedResult(`no suite ${request.url}`);
  }
}

const worker = {
  async fetch(request: Request, environment: Environment): Promise<Response> {
    const { UNSAFE_EVAL, BYTES } = environment;
    if (new URL(request.url).pathname === "/bytes") return BYTES.fetch(request);
    globalThis.newFunction = (...parameters) => UNSAFE_EVAL.newFunction(parameters.pop()!, "program", ...parameters);
    const result = await suiteOf(request, environment).catch((error: unknown) => failedResult(describe(error)));
    const report: Report = { identity: navigator.userAgent, result };
    return Response.json(report);
  },
};

// workerd asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default worker;
