// Says which runtime this is, as facts to stand beside figures.
const { versions } = process;
const isNode = versions["deno"] === undefined && versions["bun"] === undefined;

console.log(
  JSON.stringify({
    ...(versions["deno"] !== undefined && { deno: versions["deno"] }),
    ...(versions["bun"] !== undefined && { bun: versions["bun"] }),
    ...(isNode && { node: versions.node }),
    ...(versions["bun"] === undefined && { v8: versions.v8 }),
  }),
);
