// Parts of a suite in frames of their own: what one leaves behind, such as loops that never end, does not meet the next.
import { failedResult, type Result } from "../result.js";
import { describe } from "../standIns/nodeTest.js";

/** Loads a page into a frame and gives what it answers. */
export function resultOfFrame(url: string): Promise<Result> {
  const frame = document.createElement("iframe");
  frame.src = url;
  return new Promise((resolve) => {
    const onMessage = ({ source, data }: MessageEvent): void => {
      if (source !== frame.contentWindow || !isResult(data)) return;
      removeEventListener("message", onMessage);
      frame.remove();
      resolve(data);
    };
    addEventListener("message", onMessage);
    document.documentElement.append(frame);
  });
}

/** The library's own wakes are messages as well. */
function isResult(data: unknown): data is Result {
  return typeof data === "object" && data !== null && "passed" in data;
}

/** In the frame: runs `part` with what stands behind the `?` of its address. */
export async function answerAsFrame(part: (query: string) => Promise<Result>): Promise<void> {
  const result = await part(decodeURIComponent(location.search.slice(1))).catch((error: unknown) =>
    failedResult(`FAILED ${describe(error)}`),
  );
  parent.postMessage(result, "*");
}
