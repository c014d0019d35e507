import { failedResult, type Result } from "../result.js";
import type { Report } from "../target.js";

/** Runs the page's suite and sends what it found; then the page goes where the server says. */
export async function runPage(suite: () => Promise<Result>): Promise<void> {
  const result = await suite().catch((error: unknown) =>
    failedResult(error instanceof Error ? `${String(error)}\n${error.stack ?? ""}` : String(error)),
  );
  const report: Report = { identity: navigator.userAgent, result };
  await fetch("/report", { method: "POST", body: JSON.stringify(report) });
  const next = await fetch("/next");
  location.replace(await next.text());
}
