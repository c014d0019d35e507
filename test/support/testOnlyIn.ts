import { test, type TestContext } from "node:test";
import { runtime, type RuntimeName } from "./runtime.js";

/** Elsewhere the test is skipped. Its reason is printed, because the reports of Deno and Bun leave reasons out. */
export function testOnlyIn(
  runtimes: readonly RuntimeName[],
  reason: string,
  title: string,
  body: (t: TestContext) => void | Promise<void>,
): void {
  const isHere = runtimes.includes(runtime);
  if (!isHere) console.log(`skipped in ${runtime}: ${title}: ${reason}`);
  void test(title, { skip: isHere ? false : reason }, body);
}
