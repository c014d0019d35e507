// A page whose Content-Security-Policy allows scripts and says nothing of WebAssembly.
import { run, RuntimeError } from "../../../../bindings/index.js";
import { emptyResult, failedResult } from "../result.js";
import { runPage } from "./send.js";

await runPage(async () => {
  const error: unknown = await new Promise((resolve) => resolve(run(() => "ran"))).catch((reason: unknown) => reason);
  if (!(error instanceof RuntimeError)) return failedResult(`no RuntimeError, but ${String(error)}`);
  if (!error.message.includes("'wasm-unsafe-eval'"))
    return failedResult(`it does not say what to allow: ${error.message}`);
  return { ...emptyResult(), passed: 1 };
});
