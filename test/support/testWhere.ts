import { test, type TestContext } from "node:test";
import { runtime, type RuntimeName } from "./runtime.js";

/** Elsewhere the test is skipped. Its reason is printed, because the reports of Deno and Bun leave reasons out. */
export function testWhere(
  isHere: boolean,
  reason: string,
  title: string,
  body: (t: TestContext) => void | Promise<void>,
): void {
  if (!isHere) console.log(`skipped: ${title}: ${reason}`);
  void test(title, { skip: isHere ? false : reason }, body);
}

export function testOnlyIn(
  runtimes: readonly RuntimeName[],
  reason: string,
  title: string,
  body: (t: TestContext) => void | Promise<void>,
): void {
  testWhere(runtimes.includes(runtime), reason, title, body);
}
