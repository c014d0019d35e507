// A worker has no document, and no import map: its tests come as one bundle.
import type { Result } from "../result.js";
import { runPage } from "./send.js";

await runPage(
  () =>
    new Promise<Result>((resolve, reject) => {
      const worker = new Worker("/bundle/worker.js", { type: "module" });
      worker.onmessage = ({ data }: MessageEvent<Result>) => resolve(data);
      worker.onerror = (event) => reject(new Error(`the worker failed: ${event.message}`));
    }),
);
