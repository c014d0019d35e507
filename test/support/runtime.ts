// Which of the hosts with `node:test` runs this.
import { test, type TestContext } from "node:test";

interface Evidence {
  readonly Deno?: { readonly version: { readonly deno: string } };
  readonly Bun?: { readonly version: string };
}

const { Deno: deno, Bun: bun } = globalThis as Evidence;

export type RuntimeName = "node" | "deno" | "bun";

export const runtime: RuntimeName = deno !== undefined ? "deno" : bun !== undefined ? "bun" : "node";

export const runtimeVersion: string = deno?.version.deno ?? bun?.version ?? process.versions.node;

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
