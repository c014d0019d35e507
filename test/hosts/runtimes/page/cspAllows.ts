// The same page with what the error asked for.
import { gather, run, sleep } from "../../../../bindings/index.js";
import { emptyResult, failedResult } from "../result.js";
import { runPage } from "./send.js";

await runPage(async () => {
  const results = await run(function* () {
    return yield* gather([sleep(5, "a"), sleep(1, "b")]);
  });
  return results.join() === "a,b" ? { ...emptyResult(), passed: 1 } : failedResult(`it gave ${results.join()}`);
});
