// Runs in workerd, bundled without the package's `workerd` condition: the core comes as bytes, and no request may compile
// them.
import { run, RuntimeError } from "../../../../bindings/index.js";
import { emptyResult, failedResult, type Result } from "../result.js";
import { describe } from "../standIns/nodeTest.js";
import type { Report } from "../target.js";

async function refuseBytes(): Promise<Result> {
  try {
    await run(() => "ran");
  } catch (error) {
    const isRight = error instanceof RuntimeError && error.message.includes("'wasyncio/core.wasm'");
    return isRight ? { ...emptyResult(), passed: 1 } : failedResult(`not the right refusal: ${describe(error)}`);
  }
  return failedResult("the bytes were compiled");
}

const worker = {
  async fetch(): Promise<Response> {
    const report: Report = { identity: navigator.userAgent, result: await refuseBytes() };
    return Response.json(report);
  },
};

// workerd asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default worker;
