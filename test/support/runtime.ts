// Which of the hosts with `node:test` this is, if it is one.

interface Evidence {
  readonly process?: { readonly versions: { readonly node?: string } };
  readonly Deno?: { readonly version: { readonly deno: string } };
  readonly Bun?: { readonly version: string };
}

const { process: host, Deno: deno, Bun: bun } = globalThis as Evidence;
const node = host?.versions.node;

export type RuntimeName = "node" | "deno" | "bun" | "other";

function nameOfRuntime(): RuntimeName {
  if (deno !== undefined) return "deno";
  if (bun !== undefined) return "bun";
  return node === undefined ? "other" : "node";
}

export const runtime: RuntimeName = nameOfRuntime();

export const runtimeVersion: string = deno?.version.deno ?? bun?.version ?? node ?? "";
