// Which of the hosts with `node:test` this is.

interface Evidence {
  readonly Deno?: { readonly version: { readonly deno: string } };
  readonly Bun?: { readonly version: string };
}

const { Deno: deno, Bun: bun } = globalThis as Evidence;

export type RuntimeName = "node" | "deno" | "bun";

export const runtime: RuntimeName = deno !== undefined ? "deno" : bun !== undefined ? "bun" : "node";

export const runtimeVersion: string = deno?.version.deno ?? bun?.version ?? process.versions.node;
